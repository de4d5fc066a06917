import AlmanacModel

/// A table that is to become records of a collection: a CSV file, or what a mapping makes of one.
public struct CSVImport: Sendable {
    /// What messages call the file.
    public let file: String
    public let collection: Collection

    /// Where the rows come from.
    enum Content: Sendable {
        case file(path: String, CSVDialect)
        case mapped(MappedTable)
        /// Values for each column, as a file would have them.
        case rows([[Text]])
    }

    let content: Content
    let columns: [TableColumn]

    /// A file on its own, whose header names fields of a collection that exists.
    ///
    /// Values are written as Table Schema's defaults say, an empty cell is null, a reference is the other record's key. Only the
    /// columns of the collection's key and partition have to be there.
    ///
    /// - Parameter isNeutralised: whether texts that look like formulas have an apostrophe before them, see ``Formula``.
    public init(file path: String, collection: Collection, isNeutralised: Bool = false) {
        let columns = collection.fields.map { field in
            TableColumn(
                field: collection.completed(field), syntax: ValueSyntax(standardFor: field.type), missingValues: [""],
                isNeutralised: isNeutralised, isNeeded: field.id == collection.key || field.id == collection.partition)
        }
        self.init(file: path, collection: collection, content: .file(path: path, .standard), columns: columns)
    }

    init(file: String, collection: Collection, content: Content, columns: [TableColumn]) {
        self.file = file
        self.collection = collection
        self.content = content
        self.columns = columns
    }

    /// Opens the file.
    public func rows(problemLimit: Int = ProblemReport.defaultLimit) throws(PackageError) -> RowReader {
        try RowReader(self, limit: problemLimit)
    }

    /// Reads the whole file and keeps nothing of it but its problems.
    public func validate(problemLimit: Int = ProblemReport.defaultLimit) throws(PackageError) -> ProblemReport {
        var rows = try rows(problemLimit: problemLimit)
        while try rows.next() != nil {}
        return rows.report
    }
}

extension Collection {
    /// The key is required, unique and not empty, whatever its constraints say; what tells the stream is required.
    func completed(_ field: Field) -> Field {
        guard field.id == key || field.id == partition else { return field }
        var constraints = field.constraints
        constraints.isRequired = true
        if field.id == key {
            constraints.isUnique = true
            if field.type == .text { constraints.minimumLength = max(1, constraints.minimumLength ?? 1) }
        }
        return Field(
            id: field.id, name: field.name, type: field.type, constraints: constraints, title: field.title,
            description: field.description, mergeRule: field.mergeRule, properties: field.properties)
    }
}
