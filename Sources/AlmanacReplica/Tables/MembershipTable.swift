import AlmanacModel
import GRDB

/// Which streams have joined and left a local copy, in order: what a feed of changes has to tell beside records, also where the
/// sequence has not moved. Nothing of it is signed.
struct MembershipTable {
    let database: Database

    /// A stream that has come or gone with a delta that led from the one sequence to the other.
    struct Entry: Hashable {
        let number: Int64
        let stream: StreamName
        let before: Sequence
        let after: Sequence
        let hasJoined: Bool

        /// Whether somebody who has read so far knows of it.
        func isKnown(at position: FeedPosition, of file: UInt32) -> Bool {
            guard let membership = position.membership else { return after <= position.sequence && before < position.sequence }
            return membership.file == file && number <= membership.number
        }
    }

    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE almanac_copy (id INTEGER PRIMARY KEY CHECK (id = 1), file INTEGER NOT NULL);
                CREATE TABLE almanac_membership (
                    number INTEGER PRIMARY KEY, stream TEXT NOT NULL, before INTEGER NOT NULL, after INTEGER NOT NULL,
                    joined INTEGER NOT NULL
                );
                """)
        try database.run("INSERT INTO almanac_copy (id, file) VALUES (1, ?)", [.integer(Int64(UInt32.random(in: 1 ... .max)))])
    }

    func add(_ stream: StreamName, hasJoined: Bool, before: Sequence, after: Sequence) throws {
        try database.run(
            "INSERT INTO almanac_membership (stream, before, after, joined) VALUES (?, ?, ?, ?)",
            [.text(stream.rawValue), .sequence(before), .sequence(after), .integer(hasJoined ? 1 : 0)])
    }

    func entries() throws -> [Entry] {
        let sql = "SELECT number, stream, before, after, joined FROM almanac_membership ORDER BY number"
        return try database.rows(sql) { row in
            let what = "the list of streams that came and went"
            guard let stream = StreamName(try row.text(1, of: what)) else { throw ReplicaError.damaged(what) }
            return Entry(
                number: row.integer(0), stream: stream, before: try row.sequence(2, of: what),
                after: try row.sequence(3, of: what),
                hasJoined: row.integer(4) != 0)
        }
    }

    /// The file's own number; zero for a file of the first programs, which has none.
    func file() throws -> UInt32 {
        guard try TombstoneTable.exists(in: database) else { return 0 }
        return try database.row("SELECT file FROM almanac_copy") { UInt32(truncatingIfNeeded: $0.integer(0)) } ?? 0
    }

    /// Where somebody stands who has read everything up to this sequence.
    func position(at sequence: Sequence) throws -> FeedPosition {
        guard try TombstoneTable.exists(in: database) else { return FeedPosition(sequence) }
        let last = try database.row("SELECT max(number) FROM almanac_membership") { $0.integer(0) } ?? 0
        return FeedPosition(sequence, .init(file: try file(), number: last))
    }
}
