import AlmanacModel
import GRDB

/// The order of each stream's records and tombstones, by (sequence, collection, id): what makes any delta a range scan.
final class EntryTable {
    private let database: Database
    private let counter: RowCounter?
    private var statements: [Use: BulkStatement] = [:]

    private enum Use: Hashable {
        case put, remove, findTombstone, scan, count
    }

    /// A place in the order, and what stands there.
    struct Entry: Equatable {
        let sequence: Sequence
        let collection: CollectionID
        let id: RecordID
        let isTombstone: Bool
    }

    init(_ database: Database, counter: RowCounter?) {
        self.database = database
        self.counter = counter
    }

    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE almanac_entry (
                    stream INTEGER NOT NULL, seq INTEGER NOT NULL, collection INTEGER NOT NULL, record INTEGER NOT NULL,
                    gone INTEGER NOT NULL, PRIMARY KEY (stream, seq, collection, record)
                ) WITHOUT ROWID;
                CREATE INDEX almanac_tombstone ON almanac_entry (stream, collection, record) WHERE gone = 1
                """)
    }

    func put(_ entry: Entry, in stream: StreamKey) throws {
        let put = try statement(.put)
        bind(entry.sequence, entry.collection, entry.id, stream, to: put)
        put.bind(Int64(entry.isTombstone ? 1 : 0), at: 5)
        try put.run()
    }

    func remove(_ sequence: Sequence, _ collection: CollectionID, _ id: RecordID, from stream: StreamKey) throws {
        let remove = try statement(.remove)
        bind(sequence, collection, id, stream, to: remove)
        try remove.run()
    }

    /// The sequence of the record's tombstone in this stream, of which there is at most one.
    func tombstone(_ collection: CollectionID, _ id: RecordID, in stream: StreamKey) throws -> Sequence? {
        let find = try statement(.findTombstone)
        defer { find.reset() }
        find.bind(stream.rawValue, at: 1)
        find.bind(Int64(collection.rawValue), at: 2)
        find.bind(id.rawValue, at: 3)
        return try find.step() ? Sequence(UInt64(clamping: find.integer(0))) : nil
    }

    /// The entries after a position, in order, until the body answers false.
    func scan(_ stream: StreamKey, after position: Position, _ body: (Entry) throws -> Bool) throws {
        let scan = try statement(.scan)
        defer { scan.reset() }
        bind(position, of: stream, to: scan)
        while try scan.step() {
            guard let collection = CollectionID(UInt64(clamping: scan.integer(1))), let id = RecordID(scan.integer(2)) else {
                throw ReplicaError.damaged("an entry of stream number \(stream.rawValue)")
            }
            let entry = Entry(
                sequence: Sequence(UInt64(clamping: scan.integer(0))), collection: collection, id: id,
                isTombstone: scan.integer(3) == 1)
            guard try body(entry) else { return }
        }
    }

    /// How many entries stand after a position.
    func count(_ stream: StreamKey, after position: Position) throws -> UInt64 {
        let count = try statement(.count)
        defer { count.reset() }
        bind(position, of: stream, to: count)
        return try count.step() ? UInt64(clamping: count.integer(0)) : 0
    }

    private func bind(_ position: Position, of stream: StreamKey, to statement: BulkStatement) {
        statement.bind(stream.rawValue, at: 1)
        statement.bind(Int64(clamping: position.sequence.rawValue), at: 2)
        statement.bind(Int64(position.collection), at: 3)
        statement.bind(position.record, at: 4)
    }

    private func bind(
        _ sequence: Sequence, _ collection: CollectionID, _ id: RecordID, _ stream: StreamKey, to statement: BulkStatement
    ) {
        statement.bind(stream.rawValue, at: 1)
        statement.bind(Int64(clamping: sequence.rawValue), at: 2)
        statement.bind(Int64(collection.rawValue), at: 3)
        statement.bind(id.rawValue, at: 4)
    }

    private func statement(_ use: Use) throws -> BulkStatement {
        if let statement = statements[use] { return statement }
        let statement = try BulkStatement(database, sql: Self.sql(use), counter: counter)
        statements[use] = statement
        return statement
    }

    private static func sql(_ use: Use) -> String {
        switch use {
        case .put: "INSERT OR REPLACE INTO almanac_entry (stream, seq, collection, record, gone) VALUES (?, ?, ?, ?, ?)"
        case .remove: "DELETE FROM almanac_entry WHERE stream = ? AND seq = ? AND collection = ? AND record = ?"
        case .findTombstone:
            // Left to itself SQLite walks the whole stream here: it thinks the primary key's first column cheaper.
            """
            SELECT seq FROM almanac_entry INDEXED BY almanac_tombstone
            WHERE gone = 1 AND stream = ? AND collection = ? AND record = ?
            """
        case .count:
            "SELECT count(*) FROM almanac_entry WHERE stream = ? AND (seq, collection, record) > (?, ?, ?)"
        case .scan:
            """
            SELECT seq, collection, record, gone FROM almanac_entry
            WHERE stream = ? AND (seq, collection, record) > (?, ?, ?) ORDER BY seq, collection, record
            """
        }
    }
}
