import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// The records that the files of an import, being the whole truth, do not name.
struct Deletions {
    private struct Table {
        let file: CSVImport
        let keys: [RecordID: Text]
        let existing: Int
    }

    private var tables: [Table] = []

    var plan: DeletionPlan {
        DeletionPlan(
            shares: tables.filter { !$0.keys.isEmpty }.map { table in
                .init(collection: table.file.collection.name.rawValue, deleted: table.keys.count, existing: table.existing)
            })
    }

    func count(in collection: CollectionID) -> Int { keys(of: collection)?.count ?? 0 }

    func contains(_ id: RecordID, of collection: CollectionID) -> Bool { keys(of: collection)?[id] != nil }

    private func keys(of collection: CollectionID) -> [RecordID: Text]? {
        tables.first { $0.file.collection.id == collection }?.keys
    }

    /// Every record of the file's collection but these.
    mutating func add(_ file: CSVImport, keeping kept: Set<RecordID>, created: Int, in session: CommitSession) throws {
        var keys: [RecordID: Text] = [:]
        var count = 0
        try session.forEachRecord(of: file.collection.id) { record in
            count += 1
            if !kept.contains(record.id) { keys[record.id] = file.collection.key(of: record) }
        }
        tables.append(Table(file: file, keys: keys, existing: count - created))
    }

    /// The records that stay and refer to one that does not.
    func problems(in session: CommitSession, _ report: inout ProblemReport) throws {
        for collection in session.schema.collections {
            let fields = collection.fields.filter { field in
                field.type.referencedCollection.map { count(in: $0) > 0 } ?? false
            }
            guard !fields.isEmpty else { continue }
            try session.forEachRecord(of: collection.id) { record in
                guard !contains(record.id, of: collection.id) else { return }
                for field in fields {
                    guard let problem = problem(record, field, collection) else { continue }
                    report.add(problem)
                }
            }
        }
    }

    private func problem(_ record: Record, _ field: Field, _ collection: Collection) -> ImportProblem? {
        guard case .reference(let id)? = record[field.id],
            let table = tables.first(where: { $0.file.collection.id == field.type.referencedCollection }),
            let key = table.keys[id]
        else { return nil }
        let keyName = table.file.collection.key.flatMap(table.file.collection.field)?.name.rawValue
        return ImportProblem(
            file: table.file.file, row: nil, line: nil, column: keyName, value: key.string,
            rule: .stillNeeded(by: collection.key(of: record), of: collection.name, field: field.name))
    }

    func delete(in session: CommitSession) throws {
        for table in tables {
            for id in table.keys.keys.sorted() { try session.delete(table.file.collection.id, id) }
        }
    }
}
