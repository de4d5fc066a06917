/// A row: a field has at most one value; a field without one is null.
public struct Record: Hashable, Sendable {
    public let collection: CollectionID
    public let id: RecordID
    /// The commit of its last change.
    public let sequence: Sequence
    /// By field, ascending.
    public let values: [FieldValue]

    /// Nil unless the fields are strictly ascending.
    public init?(collection: CollectionID, id: RecordID, sequence: Sequence, values: [FieldValue]) {
        for (value, next) in zip(values, values.dropFirst()) where value.field >= next.field { return nil }
        self.collection = collection
        self.id = id
        self.sequence = sequence
        self.values = values
    }

    public subscript(field: FieldID) -> Value? {
        values.first { $0.field == field }?.value
    }
}

/// What one field of a record holds.
public struct FieldValue: Hashable, Sendable {
    public let field: FieldID
    public let value: Value

    public init(_ field: FieldID, _ value: Value) {
        self.field = field
        self.value = value
    }
}
