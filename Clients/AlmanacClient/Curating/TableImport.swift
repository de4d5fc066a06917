import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// What a CSV file would change in a collection: rows whose key is new become records, others change the fields that differ.
public struct TableImport {
    private let collection: Collection
    private let file: CSVImport
    private let working: any WorkingRecords
    private let id: UniqueID

    /// `id` is that of the operation which is to carry it out. Throws ``CuratingError`` for a collection that no row can name a record of.
    public init(_ path: String, into collection: Collection, _ authoring: Authoring, id: UniqueID) throws {
        guard !collection.id.isSystem else { throw CuratingError.notOfDataset(collection.name.rawValue) }
        guard collection.key != nil else { throw CuratingError.noKey(collection.name.rawValue) }
        self.collection = try collection.withConstraints()
        file = CSVImport(file: path, collection: self.collection)
        working = authoring.working
        self.id = id
    }

    /// Reads the whole file. Everything that is wrong with it is in the plan.
    public func plan() throws -> ImportPlan {
        var rows = try file.rows(problemLimit: Self.problemLimit)
        var read: [PackageRow] = []
        while let row = try rows.next() { read.append(row) }
        var planning = try ImportPlanning(collection, file.file, working, id: id, report: rows.report)
        try planning.take(read)
        return planning.plan
    }

    /// As many problems are named; the others are counted.
    private static let problemLimit = 1_000
}
