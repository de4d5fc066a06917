import AlmanacModel

/// A CSV file that is to become records of a collection.
public struct CSVImport: Sendable {
    /// What messages call the file.
    public let file: String
    public let collection: Collection

    let path: String
    let dialect: CSVDialect
    let columns: [TableColumn]

    /// A file on its own, whose header names fields of a collection that exists.
    ///
    /// Values are written as Table Schema's defaults say, an empty cell is null, a reference is the other record's key. Only the
    /// columns of the collection's key and partition have to be there.
    public init(file path: String, collection: Collection) {
        let columns = collection.fields.map { field in
            TableColumn(
                field: collection.completed(field), syntax: ValueSyntax(standardFor: field.type), missingValues: [""],
                isNeeded: field.id == collection.key || field.id == collection.partition)
        }
        self.init(file: path, path: path, collection: collection, dialect: .standard, columns: columns)
    }

    init(file: String, path: String, collection: Collection, dialect: CSVDialect, columns: [TableColumn]) {
        self.file = file
        self.path = path
        self.collection = collection
        self.dialect = dialect
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
