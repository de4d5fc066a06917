import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// Writes validated rows into a commit: first every row finds or gets its record id, so that rows can refer to each other in any
/// order; then every record is written; last go the records that a file does not name, where it is the whole truth. What only the
/// dataset can tell (references, uniqueness, what a new record lacks) is checked meanwhile, and one problem is enough for nothing
/// to be imported.
struct RowImport {
    let session: CommitSession
    private let problemLimit: Int
    private let confirmedDeletions: Int?
    var ids: [CollectionID: [Text: RecordID]] = [:]
    var replaced: Set<CollectionID> = []
    private var places: [CollectionID: Circles.Places] = [:]
    var nearKeys = NearKeys()
    var report: ProblemReport

    init(_ session: CommitSession, _ circumstances: Importer.Circumstances) {
        self.session = session
        problemLimit = circumstances.problemLimit
        confirmedDeletions = circumstances.confirmedDeletions
        report = ProblemReport(limit: problemLimit)
    }

    /// Throws ``Importer/Failure`` for rows that the dataset cannot take; the commit must not go on then.
    mutating func run(_ tables: [ImportTable]) throws -> [ImportSummary.Table] {
        for table in tables { try identify(table) }
        let order = ReferenceOrder(tables.map(\.file.collection)).sorted
        var summaries: [CollectionID: ImportSummary.Table] = [:]
        for collection in order {
            for table in tables where table.file.collection.id == collection { summaries[collection] = try write(table) }
        }
        try refuseProblems()
        let deletions = try deletions(tables, summaries)
        try deletions.problems(in: session, &report)
        for table in tables { try checkCircles(table.file, deletions) }
        try refuseProblems()
        guard deletions.plan.isAllowed(confirmed: confirmedDeletions) else { throw Importer.Failure.deletions(deletions.plan) }
        try deletions.delete(in: session)
        return tables.compactMap { table in
            let collection = table.file.collection.id
            summaries[collection]?.deleted = deletions.count(in: collection)
            return summaries[collection]
        }
    }

    private func refuseProblems() throws {
        guard report.isEmpty else { throw Importer.Failure.problems(report) }
    }

    // MARK: Which records

    private mutating func identify(_ table: ImportTable) throws {
        let collection = table.file.collection
        let isHierarchy = collection.fields.contains(where: \.isAcyclic)
        var known: [Text: RecordID] = [:]
        var places: Circles.Places = [:]
        try Self.forEachRow(of: table.file, problemLimit: problemLimit) { row, key in
            let id = try find(key, in: collection) ?? session.newID(collection.id)
            known[key] = id
            if isHierarchy { places[id] = (row.number, row.line) }
        }
        ids[collection.id] = known
        self.places[collection.id] = places
        if case .replace = table.policy { replaced.insert(collection.id) }
    }

    func find(_ key: Text, in collection: Collection) throws -> RecordID? {
        guard let field = collection.key else { return nil }
        return try session.find(collection.id, where: field, is: .text(key))
    }

    /// The file was validated before the transaction began; it may have been written to since.
    private static func forEachRow(
        of file: CSVImport, problemLimit: Int, _ body: (PackageRow, Text) throws -> Void
    ) throws {
        var rows = try file.rows(problemLimit: problemLimit)
        while let row = try rows.next() {
            guard let key = row.key else { throw Importer.Failure.changed(file: file.file) }
            try body(row, key)
        }
        guard rows.report.isEmpty else { throw Importer.Failure.problems(rows.report) }
    }

    // MARK: Writing them

    private mutating func write(_ table: ImportTable) throws -> ImportSummary.Table {
        let file = table.file
        let rules = try CollectionRules(file.collection)
        var unique = UniqueValues(file.collection, rules)
        var summary = ImportSummary.Table(name: file.collection.name.rawValue)
        let known = ids[file.collection.id] ?? [:]
        try Self.forEachRow(of: file, problemLimit: problemLimit) { row, key in
            guard let id = known[key] else { throw Importer.Failure.changed(file: file.file) }
            let old = try session.record(file.collection.id, id)
            if case .add = table.policy, old != nil { return summary.count(.unchanged) }
            // Where the file is the whole truth, it says also what it has no column for: nothing.
            let base = replaced.contains(file.collection.id) ? nil : old
            let values = try values(of: row, over: base, file)
            if base == nil { reportMissing(rules.missing(from: values), row, file) }
            unique.note(id, values, of: row)
            guard report.isEmpty else { return }
            summary.count(try put(values, id, row, file))
        }
        guard !replaced.contains(file.collection.id) else { return summary }
        for problem in try unique.problems(in: session, file: file.file) { report.add(problem) }
        return summary
    }

    private func put(
        _ values: [FieldValue], _ id: RecordID, _ row: PackageRow, _ file: CSVImport
    ) throws -> CommitSession.Outcome {
        do {
            return try session.put(file.collection.id, id, values)
        } catch ReplicaError.refused(let reason) {
            throw Importer.Failure.row(file: file.file, row: row.number, line: row.line, reason)
        }
    }

    /// What the row itself says nothing of. A value that it leaves empty was refused before.
    private mutating func reportMissing(_ fields: [Field], _ row: PackageRow, _ file: CSVImport) {
        for field in fields where row[field.id] == nil {
            report.add(problem(.required, nil, field, row, file))
        }
    }

    // MARK: What goes and what may not stay

    private func deletions(_ tables: [ImportTable], _ summaries: [CollectionID: ImportSummary.Table]) throws -> Deletions {
        var deletions = Deletions()
        for file in tables.map(\.file) where replaced.contains(file.collection.id) {
            let kept = Set((ids[file.collection.id] ?? [:]).values)
            try deletions.add(file, keeping: kept, created: summaries[file.collection.id]?.created ?? 0, in: session)
        }
        return deletions
    }

    private mutating func checkCircles(_ file: CSVImport, _ deletions: Deletions) throws {
        let collection = file.collection
        for field in collection.fields where field.isAcyclic {
            let circles = try Circles(field, of: collection, in: session) { deletions.contains($0, of: collection.id) }
            for problem in try circles.problems(file, places[collection.id] ?? [:], in: session) { report.add(problem) }
        }
    }
}
