import AlmanacModel
import AlmanacWire
import GRDB

/// A replica's tables beside those of its records.
enum ReplicaSchema {
    static func create(in database: Database, kind: StoreKind) throws {
        try FileFormat.replica.mark(database)
        try StreamTable.create(in: database)
        switch kind {
        case .served: try EntryTable.create(in: database)
        case .local:
            try TombstoneTable.create(in: database)
            try MembershipTable.create(in: database)
        }
        try database.execute(
            sql: """
                CREATE TABLE almanac_replica (
                    id INTEGER PRIMARY KEY CHECK (id = 1), dataset BLOB NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL,
                    checkpoint BLOB NOT NULL, synced INTEGER NOT NULL, scrubbed INTEGER
                )
                """)
        try SchemaMigrator(tables: RecordTables(database, kind: kind)).createSystemTables()
    }

    /// Whether a file has everything that this program's have.
    static func isComplete(_ database: Database) throws -> Bool {
        try TombstoneTable.exists(in: database)
            && SchemaMigrator(tables: RecordTables(database, kind: .local)).hasSystemTables()
    }

    /// Gives a file of the first programs what it lacks. What it did not keep until now it cannot tell.
    static func complete(_ database: Database) throws {
        guard try !isComplete(database) else { return }
        try SchemaMigrator(tables: RecordTables(database, kind: .local)).completeSystemTables()
        guard try !TombstoneTable.exists(in: database) else { return }
        try TombstoneTable.create(in: database)
        try database.run("UPDATE almanac_stream SET horizon = (SELECT sequence FROM almanac_replica)")
        try MembershipTable.create(in: database)
        try database.run(
            """
            INSERT INTO almanac_membership (stream, before, after, joined)
            SELECT name, 0, (SELECT sequence FROM almanac_replica), 1 FROM almanac_stream ORDER BY name
            """)
    }

    static func save(_ checkpoint: Signed<Checkpoint>, synced: Instant, in tables: RecordTables) throws {
        let statement = checkpoint.statement
        try tables.database.run(
            """
            INSERT INTO almanac_replica (id, dataset, epoch, sequence, checkpoint, synced) VALUES (1, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET dataset = excluded.dataset, epoch = excluded.epoch, sequence = excluded.sequence,
                checkpoint = excluded.checkpoint, synced = excluded.synced
            """,
            [
                .blob(statement.dataset.bytes), .integer(Int64(clamping: statement.epoch.rawValue)),
                .sequence(statement.sequence),
                .blob(checkpoint.encoded), .instant(synced),
            ], counter: tables.counter)
    }

    static func checkpoint(_ database: Database, counter: RowCounter? = nil) throws -> Signed<Checkpoint> {
        let stored = try database.row("SELECT checkpoint FROM almanac_replica", counter: counter) { try checkpoint($0, 0) }
        guard let stored else { throw ReplicaError.damaged("there is no checkpoint in it") }
        return stored
    }

    static func state(_ database: Database) throws -> ReplicaState {
        let streams = try database.rows("SELECT name, count, last_change, horizon FROM almanac_stream ORDER BY name") { row in
            let what = "the state of a stream"
            guard let name = StreamName(try row.text(0, of: what)) else { throw ReplicaError.damaged(what) }
            return ReplicaState.Stream(
                name: name, count: try row.integer(1, of: what), lastChange: try row.sequence(2, of: what),
                knownSince: try row.sequence(3, of: what))
        }
        let state = try database.row("SELECT checkpoint, synced, scrubbed FROM almanac_replica") { row in
            let checkpoint = try checkpoint(row, 0)
            return ReplicaState(
                checkpoint: checkpoint, feed: try MembershipTable(database: database).position(at: checkpoint.statement.sequence),
                synced: try row.instant(1, of: "the time of the last sync"),
                scrubbed: try row.optional(2) { try row.instant($0, of: "the time of the last scrub") }, streams: streams)
        }
        guard let state else { throw ReplicaError.damaged("there is no checkpoint in it") }
        return state
    }

    private static func checkpoint(_ row: BulkStatement, _ column: Int32) throws -> Signed<Checkpoint> {
        guard let checkpoint = try? Signed<Checkpoint>.decode(row.blob(column, of: "its checkpoint")) else {
            throw ReplicaError.damaged("its checkpoint")
        }
        return checkpoint
    }
}
