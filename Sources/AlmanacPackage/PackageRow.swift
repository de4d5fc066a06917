import AlmanacModel

/// One row of a table, typed and checked.
public struct PackageRow: Hashable, Sendable {
    /// The row of data, from 1.
    public let number: Int
    /// The line of the file on which it begins, from 1; 0 for what stands in no file of lines.
    public let line: Int
    /// The readable key of the record; nil only where the collection has none.
    public let key: Text?
    /// Where the record belongs.
    public let stream: StreamName
    /// One for each column of the file, by field, ascending. A field without a column is not here: the file says nothing of it.
    public let values: [ImportedField]

    public subscript(field: FieldID) -> ImportValue? { values.first { $0.field == field }?.value }
}

/// What a row says of one field.
public struct ImportedField: Hashable, Sendable {
    public let field: FieldID
    public let value: ImportValue

    public init(_ field: FieldID, _ value: ImportValue) {
        self.field = field
        self.value = value
    }
}
