import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// Writes validated rows into a commit: first every row finds or gets its record id, so that rows can refer to each other in any
/// order; then every record is written. What only the dataset can tell (references, uniqueness, what a new record lacks) is checked
/// meanwhile, and one problem is enough for nothing to be imported.
struct RowImport {
    private let session: CommitSession
    private let problemLimit: Int
    private var ids: [CollectionID: [Text: RecordID]] = [:]
    private var report: ProblemReport

    init(_ session: CommitSession, problemLimit: Int) {
        self.session = session
        self.problemLimit = problemLimit
        report = ProblemReport(limit: problemLimit)
    }

    /// Throws ``Importer/Failure`` for rows that the dataset cannot take; the commit must not go on then.
    mutating func run(_ files: [CSVImport]) throws -> [ImportSummary.Table] {
        for file in files { try identify(file) }
        let order = ReferenceOrder(files.map(\.collection)).sorted
        var summaries: [CollectionID: ImportSummary.Table] = [:]
        for collection in order {
            for file in files where file.collection.id == collection { summaries[collection] = try write(file) }
        }
        guard report.isEmpty else { throw Importer.Failure.problems(report) }
        return files.compactMap { summaries[$0.collection.id] }
    }

    // MARK: Which records

    private mutating func identify(_ file: CSVImport) throws {
        var known: [Text: RecordID] = [:]
        try Self.forEachRow(of: file, problemLimit: problemLimit) { row, key in
            known[key] = try find(key, in: file.collection) ?? session.newID(file.collection.id)
        }
        ids[file.collection.id] = known
    }

    private func find(_ key: Text, in collection: Collection) throws -> RecordID? {
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

    private mutating func write(_ file: CSVImport) throws -> ImportSummary.Table {
        let rules = try RecordRules(file.collection)
        var unique = UniqueValues(file.collection, rules)
        var table = ImportSummary.Table(name: file.collection.name.rawValue)
        let known = ids[file.collection.id] ?? [:]
        try Self.forEachRow(of: file, problemLimit: problemLimit) { row, key in
            guard let id = known[key] else { throw Importer.Failure.changed(file: file.file) }
            let old = try session.record(file.collection.id, id)
            let values = try values(of: row, over: old, file)
            if old == nil { reportMissing(rules.missing(from: values), row, file) }
            unique.note(id, values, of: row)
            guard report.isEmpty else { return }
            table.count(try put(values, id, row, file))
        }
        for problem in try unique.problems(in: session, file: file.file) { report.add(problem) }
        return table
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

    // MARK: Values

    /// A field that the file does not mention keeps its value.
    private mutating func values(of row: PackageRow, over old: Record?, _ file: CSVImport) throws -> [FieldValue] {
        var values = Dictionary(uniqueKeysWithValues: (old?.values ?? []).map { ($0.field, $0.value) })
        for imported in row.values {
            switch imported.value {
            case .absent: values[imported.field] = nil
            case .value(let value): values[imported.field] = value
            case .key(let key): values[imported.field] = try reference(to: key, imported.field, row, file)
            }
        }
        return values.sorted { $0.key < $1.key }.map { FieldValue($0.key, $0.value) }
    }

    private mutating func reference(
        to key: Text, _ field: FieldID, _ row: PackageRow, _ file: CSVImport
    ) throws -> Value? {
        guard let described = file.collection.field(field), let id = described.type.referencedCollection,
            let target = session.schema.collection(id)
        else { return nil }
        if let found = try ids[id]?[key] ?? find(key, in: target) { return .reference(found) }
        report.add(problem(.unknownReference(to: target.name), key.string, described, row, file))
        return nil
    }

    private func problem(
        _ rule: ImportRule, _ value: String?, _ field: Field, _ row: PackageRow, _ file: CSVImport
    ) -> ImportProblem {
        ImportProblem(
            file: file.file, row: row.number, line: row.line, column: field.name.rawValue, value: value, rule: rule)
    }
}
