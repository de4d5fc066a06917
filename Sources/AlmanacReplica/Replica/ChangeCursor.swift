import AlmanacModel
import GRDB

/// A row at a time of what has changed in one table, in order: several of them are merged.
final class ChangeCursor {
    private let statement: BulkStatement
    private let read: (BulkStatement) throws -> Place
    /// Nil before the first and after the last row.
    private(set) var place: Place?

    struct Place {
        let sequence: Sequence
        let collection: CollectionID
        let id: RecordID
        let stream: StreamKey
        let isRecord: Bool
        let key: String?
    }

    private init(_ statement: BulkStatement, _ read: @escaping (BulkStatement) throws -> Place) {
        self.statement = statement
        self.read = read
    }

    func advance() throws { place = try statement.step() ? try read(statement) : nil }

    /// One that is at its end stands behind all others.
    static func stands(_ lhs: ChangeCursor, before rhs: ChangeCursor) -> Bool {
        guard let left = lhs.place else { return false }
        guard let right = rhs.place else { return true }
        return (left.sequence, left.collection, left.id, left.isRecord ? 1 : 0)
            < (right.sequence, right.collection, right.id, right.isRecord ? 1 : 0)
    }

    static func records(
        of collection: CollectionID, _ request: SnapshotChangeRequest, _ names: ChangedStreams, _ database: Database
    ) throws -> ChangeCursor {
        let whole = names.keys(request.wholeStreams)
        let places = whole.map { _ in "?" }.joined(separator: ", ")
        let select = try BulkStatement(
            database,
            sql: """
                SELECT _seq, id, _stream FROM \(TableName.records(collection))
                WHERE _seq > ?\(whole.isEmpty ? "" : " OR _stream IN (\(places))") ORDER BY _seq, id
                """)
        select.bind(Int64(clamping: request.since.rawValue), at: 1)
        for (position, key) in zip(Int32(2)..., whole) { select.bind(key.rawValue, at: position) }
        return ChangeCursor(select) { row in
            let what = "a record of collection \(collection)"
            guard let id = RecordID(row.integer(1)) else { throw ReplicaError.damaged(what) }
            return Place(
                sequence: try row.sequence(0, of: what), collection: collection, id: id,
                stream: StreamKey(rawValue: row.integer(2)),
                isRecord: true, key: nil)
        }
    }

    static func tombstones(_ request: SnapshotChangeRequest, _ database: Database) throws -> ChangeCursor {
        let select = try BulkStatement(
            database,
            sql: """
                SELECT seq, collection, record, stream, key FROM \(TombstoneTable.name) WHERE seq > ?
                ORDER BY seq, collection, record, stream
                """)
        select.bind(Int64(clamping: request.since.rawValue), at: 1)
        return ChangeCursor(select) { row in
            let what = "a tombstone"
            guard let collection = UInt64(exactly: row.integer(1)).flatMap(CollectionID.init), let id = RecordID(row.integer(2))
            else { throw ReplicaError.damaged(what) }
            return Place(
                sequence: try row.sequence(0, of: what), collection: collection, id: id,
                stream: StreamKey(rawValue: row.integer(3)),
                isRecord: false, key: row.text(4))
        }
    }
}
