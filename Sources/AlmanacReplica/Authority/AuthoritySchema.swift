import AlmanacCrypto
import AlmanacModel
import AlmanacWire
import GRDB

/// The authority's tables beside those of its records.
enum AuthoritySchema {
    static func create(in database: Database) throws {
        try FileFormat.authority.mark(database)
        try StreamTable.create(in: database)
        try EntryTable.create(in: database)
        try database.execute(
            sql: """
                CREATE TABLE almanac_authority (
                    id INTEGER PRIMARY KEY CHECK (id = 1), dataset BLOB NOT NULL, epoch INTEGER NOT NULL, name TEXT NOT NULL,
                    head INTEGER NOT NULL, chain BLOB NOT NULL, root BLOB NOT NULL
                );
                CREATE TABLE almanac_commit (
                    sequence INTEGER PRIMARY KEY, salt BLOB NOT NULL, time INTEGER NOT NULL, author TEXT NOT NULL,
                    message TEXT NOT NULL, root BLOB NOT NULL, chain BLOB NOT NULL
                );
                CREATE TABLE almanac_next_id (collection INTEGER PRIMARY KEY, next INTEGER NOT NULL);
                """)
        try IdentityTables.create(in: database)
        try OperationTable.create(in: database)
        try AuditTable.create(in: database)
        try SchemaMigrator(tables: RecordTables(database, kind: .served)).createSystemTables()
    }

    /// Whether a file has everything that this program's have.
    static func isComplete(_ database: Database) throws -> Bool {
        try OperationTable.exists(in: database) && AuditTable.exists(in: database)
            && SchemaMigrator(tables: RecordTables(database, kind: .served)).hasSystemTables()
    }

    /// Gives a file of the first programs what it lacks.
    static func complete(_ database: Database) throws {
        try AuditTable.createIfMissing(in: database)
        try OperationTable.createIfMissing(in: database)
        let migrator = SchemaMigrator(tables: RecordTables(database, kind: .served))
        if try !migrator.hasSystemTables() { try migrator.completeSystemTables() }
    }

    static func create(in database: Database, identity: AuthorityDatabase.Identity) throws {
        try create(in: database)
        let chain = try chainStart(identity.dataset, identity.epoch)
        try database.run(
            "INSERT INTO almanac_authority (id, dataset, epoch, name, head, chain, root) VALUES (1, ?, ?, ?, 0, ?, ?)",
            [
                .blob(identity.dataset.bytes), .integer(Int64(clamping: identity.epoch.rawValue)), .text(identity.name),
                .fixed(chain),
                .fixed(Hash32.zero),
            ])
    }

    static func head(_ database: Database, counter: RowCounter? = nil) throws -> HeadState {
        let what = "the authority's head"
        let head = try database.row(
            keeping: "SELECT dataset, epoch, head, chain, root FROM almanac_authority", counter: counter
        ) { row in
            guard let dataset = UniqueID(bytes: try row.blob(0, of: what)) else { throw ReplicaError.damaged(what) }
            return HeadState(
                dataset: dataset, epoch: Epoch(try row.sequence(1, of: what).rawValue), sequence: try row.sequence(2, of: what),
                chain: try row.fixed(3, of: what), root: try row.fixed(4, of: what))
        }
        guard let head else { throw ReplicaError.damaged(what) }
        return head
    }

    /// Makes a commit the head, which it answers.
    @discardableResult
    static func append(
        _ commit: Commit, root: Hash32, after head: HeadState, in database: Database, counter: RowCounter? = nil
    ) throws -> HeadState {
        let (chain, header) = (try link(commit, root: root, after: head.chain), commit.header)
        try database.run(
            "INSERT INTO almanac_commit (\(commitColumns), root, chain) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .sequence(commit.sequence), .fixed(header.salt), .instant(header.time), .text(header.author.string),
                .text(header.message.string), .fixed(root), .fixed(chain),
            ], counter: counter)
        try database.run(
            "UPDATE almanac_authority SET head = ?, chain = ?, root = ?",
            [.sequence(commit.sequence), .fixed(chain), .fixed(root)], counter: counter)
        return HeadState(dataset: head.dataset, epoch: head.epoch, sequence: commit.sequence, chain: chain, root: root)
    }

    /// The chain before the first commit.
    static func chainStart(_ dataset: UniqueID, _ epoch: Epoch) throws -> Hash32 {
        try Hash32(hashing: Preimage.chainStart(dataset: dataset, epoch: epoch))
    }

    /// The chain after a commit.
    static func link(_ commit: Commit, root: Hash32, after chain: Hash32) throws -> Hash32 {
        try chain.linked(to: commit.sequence, commit.header, root: root)
    }

    /// What ``commit(_:)`` reads.
    static let commitColumns = "sequence, salt, time, author, message"

    /// A commit, of the first five columns.
    static func commit(_ row: BulkStatement) throws -> Commit {
        let what = "a commit's header"
        return Commit(
            sequence: try row.sequence(0, of: what),
            header: try CommitHeader(
                salt: try row.fixed(1, of: what), time: try row.instant(2, of: what), author: Text(try row.text(3, of: what)),
                message: Text(try row.text(4, of: what))))
    }

    static func header(of sequence: Sequence, in database: Database, counter: RowCounter?) throws -> CommitHeader? {
        try database.row(
            "SELECT \(commitColumns) FROM almanac_commit WHERE sequence = ?", [.sequence(sequence)], counter: counter
        ) { try commit($0).header }
    }

    /// Every commit and what is stored of it, from the first.
    static func forEachCommit(_ database: Database, _ body: (Commit, _ root: Hash32, _ chain: Hash32) throws -> Void) throws {
        let what = "what a commit led to"
        let statement = try BulkStatement(
            database, sql: "SELECT \(commitColumns), root, chain FROM almanac_commit ORDER BY sequence")
        defer { statement.reset() }
        while try statement.step() {
            try body(commit(statement), statement.fixed(5, of: what), statement.fixed(6, of: what))
        }
    }
}
