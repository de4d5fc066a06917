import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// Brings a data package, or a CSV file, into the dataset as one commit, in one of the two ``ImportMode``s.
///
/// Everything is validated before anything is written; one bad row imports nothing.
public struct Importer {
    private let store: any AuthorityStore

    public init(store: any AuthorityStore) { self.store = store }

    /// Why nothing was imported.
    public enum Failure: Error, CustomStringConvertible {
        case problems(ProblemReport)
        case noSuchTable(String, known: [String])
        /// The mapping looks for names where there are none.
        case noSuchField(Identifier, of: Identifier, String)
        /// The store does not take this row.
        case row(file: String, row: Int, line: Int, String)
        /// The file was written to while it was read.
        case changed(file: String)
        /// The import deletes more than a tenth of a collection, or another number of records than was confirmed.
        case deletions(DeletionPlan)

        public var description: String {
            switch self {
            case .problems(let report): "\(report)"
            case .noSuchTable(let name, let known) where known.isEmpty:
                "there is no table \(VisibleText.shortened(name)), nor any other: import a data package first"
            case .noSuchTable(let name, let known):
                "there is no table \(VisibleText.shortened(name)); there are: \(known.joined(separator: ", "))"
            case .noSuchField(let name, let collection, let file):
                "\(VisibleText.shortened(file, limit: 500)): the table \(collection) has no field \(name)"
            case .row(let file, let row, let line, let reason):
                "\(VisibleText.shortened(file, limit: 500)), row \(row) (line \(line)): \(reason)"
            case .deletions(let plan):
                "this import deletes \(plan); nothing was imported. If that is meant, confirm it by --confirm-deletions \(plan.total)"
            case .changed(let file): "\(VisibleText.shortened(file, limit: 500)) changed while it was read; nothing was imported"
            }
        }
    }

    /// Who imports what, for the commit.
    public struct Circumstances: Sendable {
        public let author: String
        public let message: String
        public let time: Instant
        /// How many problems are listed.
        public let problemLimit: Int
        public var mode = ImportMode.merge
        /// How many records the import is known to delete; nil asks for no more than a tenth of each collection.
        public var confirmedDeletions: Int?

        public init(author: String, message: String, time: Instant, problemLimit: Int = ProblemReport.defaultLimit) {
            self.author = author
            self.message = message
            self.time = time
            self.problemLimit = problemLimit
        }
    }

    /// The folder of a data package, or its `datapackage.json`.
    public func importPackage(at path: String, _ circumstances: Circumstances) throws -> ImportSummary {
        let package = try DataPackage.read(at: path)
        try validate(package.imports(into: package.schema(over: store.schema())), circumstances)
        return try commit(circumstances) { session in
            // The schema may have grown since: what counts is the one inside the transaction.
            let schema = try package.schema(over: session.schema)
            try session.updateSchema(schema)
            try session.put(package)
            return try package.imports(into: schema).map { ImportTable($0, .init(circumstances.mode)) }
        }
    }

    /// A file whose header names fields of a table that exists.
    ///
    /// - Parameter isNeutralised: whether texts that look like formulas have an apostrophe before them, as `almanac export` writes.
    public func importCSV(
        at path: String, into table: String, isNeutralised: Bool = false, _ circumstances: Circumstances
    ) throws -> ImportSummary {
        let read = { (schema: Schema) in
            CSVImport(file: path, collection: try collection(table, schema), isNeutralised: isNeutralised)
        }
        try validate([read(store.schema())], circumstances)
        return try commit(circumstances) { session in [ImportTable(try read(session.schema), .init(circumstances.mode))] }
    }

    func collection(_ table: String, _ schema: Schema) throws -> Collection {
        guard let collection = schema.collection(named: table), collection.id.rawValue >= CollectionID.firstOfPackages else {
            let known = schema.collections.filter { $0.id.rawValue >= CollectionID.firstOfPackages }
            throw Failure.noSuchTable(table, known: known.map(\.name.rawValue))
        }
        return try collection.withConstraints()
    }

    func validate(_ files: [CSVImport], _ circumstances: Circumstances) throws {
        var report = ProblemReport(limit: circumstances.problemLimit)
        for file in files { report.add(try file.validate(problemLimit: circumstances.problemLimit)) }
        guard report.isEmpty else { throw Failure.problems(report) }
    }

    func commit(
        _ circumstances: Circumstances, _ prepare: (CommitSession) throws -> [ImportTable]
    ) throws -> ImportSummary {
        var tables: [ImportSummary.Table] = []
        let commit = try store.commit(author: circumstances.author, message: circumstances.message, time: circumstances.time) {
            session in
            var rows = RowImport(session, circumstances)
            tables = try rows.run(prepare(session))
        }
        return ImportSummary(commit: commit, tables: tables)
    }
}
