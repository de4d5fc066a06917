import AlmanacModel
import GRDB

extension ReplicaSnapshot {
    /// What has changed, one after the other, by (sequence, collection, id). Where a record has moved between two streams, that it left
    /// the one comes before that it is in the other.
    public func forEachChange(_ request: SnapshotChangeRequest, _ body: (SnapshotChange) throws -> Void) throws {
        let names = try ChangedStreams(tables.database)
        var cursors: [ChangeCursor] = []
        for collection in try tables.collections() where request.collections?.contains(collection) ?? true {
            cursors.append(try .records(of: collection, request, names, tables.database))
        }
        if try TombstoneTable.exists(in: tables.database) { cursors.append(try .tombstones(request, tables.database)) }
        let reader = ChangedRecordReader(self)
        for cursor in cursors { try cursor.advance() }
        while let next = cursors.min(by: ChangeCursor.stands), let change = next.place {
            if let name = names.name(change.stream), request.streams.contains(name),
                request.collections?.contains(change.collection) ?? true
            {
                try body(
                    SnapshotChange(
                        sequence: change.sequence, stream: name, collection: change.collection, id: change.id,
                        kind: change.isRecord ? .record(reader.values(change.collection, change.id)) : .deletion(key: change.key))
                )
            }
            try next.advance()
        }
    }
}

/// The streams of a snapshot by their numbers.
struct ChangedStreams {
    private let names: [StreamKey: StreamName]

    init(_ database: Database) throws {
        let rows = try database.rows("SELECT id, name FROM almanac_stream") { row in
            guard let name = StreamName(try row.text(1, of: "the name of a stream")) else {
                throw ReplicaError.damaged("the name of a stream")
            }
            return (StreamKey(rawValue: row.integer(0)), name)
        }
        names = Dictionary(rows) { first, _ in first }
    }

    func name(_ key: StreamKey) -> StreamName? { names[key] }

    func keys(_ wanted: Set<StreamName>) -> [StreamKey] { names.filter { wanted.contains($0.value) }.keys.sorted() }
}

/// Reads records by id, a statement for each collection.
private final class ChangedRecordReader {
    private let snapshot: ReplicaSnapshot
    private var readers: [CollectionID: (rows: SnapshotRows, statement: BulkStatement)] = [:]

    init(_ snapshot: ReplicaSnapshot) { self.snapshot = snapshot }

    func values(_ collection: CollectionID, _ id: RecordID) throws -> [SnapshotValue] {
        guard let described = snapshot.schema.collection(collection), try snapshot.tables.isExplained(collection) else {
            return []
        }
        let (rows, statement) = try readers[collection] ?? prepare(described)
        readers[collection] = (rows, statement)
        statement.bind(id.rawValue, at: 1)
        defer { statement.reset() }
        guard try statement.step() else { throw ReplicaError.damaged("record \(id) of collection \(collection) cannot be found") }
        return try rows.read(statement)
    }

    private func prepare(_ collection: Collection) throws -> (SnapshotRows, BulkStatement) {
        let rows = try SnapshotRows(
            .one, of: collection, collection.fields, schema: snapshot.schema, exists: snapshot.tables.isExplained)
        return (rows, try BulkStatement(snapshot.tables.database, sql: rows.sql))
    }
}
