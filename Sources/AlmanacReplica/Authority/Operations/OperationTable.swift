import AlmanacModel
import AlmanacWire
import GRDB

/// What has become of every operation that this authority was ever sent, and which records those have made. It never travels.
final class OperationTable {
    private let database: Database
    private let counter: RowCounter?
    private var statements: [Use: BulkStatement] = [:]

    private enum Use { case find, add, findMade, addMade }

    /// An operation whose outcome is settled.
    struct Settled {
        let content: Hash32
        let outcome: Receipt.Outcome
    }

    init(_ database: Database, counter: RowCounter? = nil) {
        self.database = database
        self.counter = counter
    }

    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE almanac_operation (
                    uuid BLOB PRIMARY KEY, content BLOB NOT NULL, person TEXT NOT NULL, device BLOB NOT NULL,
                    received INTEGER NOT NULL, sequence INTEGER, outcome BLOB NOT NULL
                ) WITHOUT ROWID;
                CREATE TABLE almanac_made (
                    operation BLOB NOT NULL, change INTEGER NOT NULL, collection INTEGER NOT NULL, record INTEGER NOT NULL,
                    PRIMARY KEY (operation, change)
                ) WITHOUT ROWID;
                """)
    }

    /// Another process may have been first.
    static func createIfMissing(in database: Database) throws {
        if try !exists(in: database) { try create(in: database) }
    }

    static func exists(in database: Database) throws -> Bool {
        try database.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'almanac_operation'") { _ in } != nil
    }

    // MARK: Outcomes

    /// Nil for an operation that never came.
    func settled(_ operation: UniqueID) throws -> Settled? {
        let find = try statement(.find)
        defer { find.reset() }
        find.bind(operation.bytes, at: 1)
        guard try find.step() else { return nil }
        let what = "the outcome of operation \(operation)"
        guard let outcome = try? Receipt.Outcome.decode(find.blob(1, of: what)) else { throw ReplicaError.damaged(what) }
        return Settled(content: try find.fixed(0, of: what), outcome: outcome)
    }

    func add(_ receipt: Receipt, from device: Device, received: Instant) throws {
        let add = try statement(.add)
        add.bind(receipt.operation.bytes, at: 1)
        add.bind(receipt.content.bytes, at: 2)
        add.bind(device.person.name, at: 3)
        add.bind(device.fingerprint.bytes, at: 4)
        add.bind(received.milliseconds, at: 5)
        if case .applied(let applied) = receipt.outcome {
            add.bind(Int64(clamping: applied.sequence.rawValue), at: 6)
        } else {
            add.bindNull(at: 6)
        }
        add.bind(receipt.outcome.encoded, at: 7)
        try add.run()
    }

    // MARK: Records made

    /// The record that a change of an operation has made; nil if it has made none of this collection.
    func made(_ collection: CollectionID, by operation: UniqueID, index: Int) throws -> RecordID? {
        let find = try statement(.findMade)
        defer { find.reset() }
        find.bind(operation.bytes, at: 1)
        find.bind(Int64(index), at: 2)
        guard try find.step(), find.integer(0) == Int64(collection.rawValue) else { return nil }
        return RecordID(find.integer(1))
    }

    func add(_ made: OperationEffects.Made, by operation: UniqueID) throws {
        let add = try statement(.addMade)
        add.bind(operation.bytes, at: 1)
        add.bind(Int64(made.index), at: 2)
        add.bind(Int64(made.collection.rawValue), at: 3)
        add.bind(made.record.rawValue, at: 4)
        try add.run()
    }

    private func statement(_ use: Use) throws -> BulkStatement {
        if let statement = statements[use] { return statement }
        let statement = try BulkStatement(database, sql: Self.sql(use), counter: counter)
        statements[use] = statement
        return statement
    }

    private static func sql(_ use: Use) -> String {
        switch use {
        case .find: "SELECT content, outcome FROM almanac_operation WHERE uuid = ?"
        case .add:
            """
            INSERT INTO almanac_operation (uuid, content, person, device, received, sequence, outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        case .findMade: "SELECT collection, record FROM almanac_made WHERE operation = ? AND change = ?"
        case .addMade: "INSERT INTO almanac_made (operation, change, collection, record) VALUES (?, ?, ?, ?)"
        }
    }
}
