import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// Brings a data package, or a CSV file, into the dataset as one commit: rows of a known key change their record, others make one.
///
/// Everything is validated before anything is written; one bad row imports nothing.
public struct Importer {
    private let store: any AuthorityStore

    public init(store: any AuthorityStore) { self.store = store }

    /// Why nothing was imported.
    public enum Failure: Error, CustomStringConvertible {
        case problems(ProblemReport)
        case noSuchTable(String, known: [String])
        /// The store does not take this row.
        case row(file: String, row: Int, line: Int, String)
        /// The file was written to while it was read.
        case changed(file: String)

        public var description: String {
            switch self {
            case .problems(let report): "\(report)"
            case .noSuchTable(let name, let known) where known.isEmpty:
                "there is no table \(VisibleText.shortened(name)), nor any other: import a data package first"
            case .noSuchTable(let name, let known):
                "there is no table \(VisibleText.shortened(name)); there are: \(known.joined(separator: ", "))"
            case .row(let file, let row, let line, let reason):
                "\(VisibleText.shortened(file, limit: 500)), row \(row) (line \(line)): \(reason)"
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
            return try package.imports(into: schema)
        }
    }

    /// A file whose header names fields of a table that exists.
    public func importCSV(at path: String, into table: String, _ circumstances: Circumstances) throws -> ImportSummary {
        let file = try csv(path, table, store.schema())
        try validate([file], circumstances)
        return try commit(circumstances) { session in [try csv(path, table, session.schema)] }
    }

    private func csv(_ path: String, _ table: String, _ schema: Schema) throws -> CSVImport {
        guard let collection = schema.collection(named: table), collection.id.rawValue >= CollectionID.firstOfPackages else {
            let known = schema.collections.filter { $0.id.rawValue >= CollectionID.firstOfPackages }
            throw Failure.noSuchTable(table, known: known.map(\.name.rawValue))
        }
        return CSVImport(file: path, collection: try collection.withConstraints())
    }

    private func validate(_ files: [CSVImport], _ circumstances: Circumstances) throws {
        var report = ProblemReport(limit: circumstances.problemLimit)
        for file in files { report.add(try file.validate(problemLimit: circumstances.problemLimit)) }
        guard report.isEmpty else { throw Failure.problems(report) }
    }

    private func commit(
        _ circumstances: Circumstances, _ prepare: (CommitSession) throws -> [CSVImport]
    ) throws -> ImportSummary {
        var tables: [ImportSummary.Table] = []
        let commit = try store.commit(author: circumstances.author, message: circumstances.message, time: circumstances.time) {
            session in
            var rows = RowImport(session, problemLimit: circumstances.problemLimit)
            tables = try rows.run(prepare(session))
        }
        return ImportSummary(commit: commit, tables: tables)
    }
}
