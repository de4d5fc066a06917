import AlmanacModel
import GRDB

/// What has left the streams of a local copy, and when: what tells later which records are gone.
///
/// Nothing of it is signed, and no digest covers it.
final class TombstoneTable {
    private let database: Database
    private let horizon: Sequence
    private let counter: RowCounter?
    private var statements: [Use: BulkStatement] = [:]

    private enum Use { case put, remove }

    /// Tombstones up to `horizon` are of records that this copy never had.
    init(_ database: Database, horizon: Sequence, counter: RowCounter?) {
        self.database = database
        self.horizon = horizon
        self.counter = counter
    }

    static let name = "almanac_tombstones"

    /// `key` is the record's readable key, where it was known when the record left.
    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE \(name) (
                    stream INTEGER NOT NULL, collection INTEGER NOT NULL, record INTEGER NOT NULL, seq INTEGER NOT NULL, key TEXT,
                    PRIMARY KEY (stream, collection, record)
                ) WITHOUT ROWID
                """)
    }

    /// Whether the file has the table: those of the first programs have none.
    static func exists(in database: Database) throws -> Bool {
        try database.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [.text(name)]) { _ in } != nil
    }

    func put(_ tombstone: Tombstone, key: String?, in stream: StreamKey) throws {
        guard tombstone.sequence > horizon else { return }
        let put = try statement(.put)
        bind(tombstone.collection, tombstone.id, stream, to: put)
        put.bind(Int64(clamping: tombstone.sequence.rawValue), at: 4)
        if let key { put.bind(key, at: 5) } else { put.bindNull(at: 5) }
        try put.run()
    }

    /// The record is in the stream again.
    func remove(_ collection: CollectionID, _ id: RecordID, from stream: StreamKey) throws {
        let remove = try statement(.remove)
        bind(collection, id, stream, to: remove)
        try remove.run()
    }

    private func bind(_ collection: CollectionID, _ id: RecordID, _ stream: StreamKey, to statement: BulkStatement) {
        statement.bind(stream.rawValue, at: 1)
        statement.bind(Int64(collection.rawValue), at: 2)
        statement.bind(id.rawValue, at: 3)
    }

    private func statement(_ use: Use) throws -> BulkStatement {
        if let statement = statements[use] { return statement }
        let statement = try BulkStatement(database, sql: Self.sql(use), counter: counter)
        statements[use] = statement
        return statement
    }

    private static func sql(_ use: Use) -> String {
        switch use {
        case .put:
            """
            INSERT INTO \(name) (stream, collection, record, seq, key) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (stream, collection, record) DO UPDATE SET seq = excluded.seq, key = coalesce(excluded.key, key)
            WHERE excluded.seq > seq
            """
        case .remove: "DELETE FROM \(name) WHERE stream = ? AND collection = ? AND record = ?"
        }
    }
}
