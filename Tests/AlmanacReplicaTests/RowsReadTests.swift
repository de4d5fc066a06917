import AlmanacModel
import AlmanacWire
import GRDB
import Testing

@testable import AlmanacReplica

/// Catching up costs what changed.
@Suite struct RowsReadTests {
    /// Rows without a part in any digest, the same on both sides: what they cost is what is measured.
    private static let fillers = 100_000

    @Test func oneChangeInAHundredThousandRecordsReadsAFewRowsOnEachSide() throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.replica.sync(from: world.authority)
            try world.authority.database.pool.write { try Self.fill($0, isServed: true) }
            try DatabaseQueue(path: world.replica.path).write { try Self.fill($0, isServed: false) }
            try world.putGrant(2, world.grant("renamed", "asia"))

            let (served, applied) = (RowCounter(), RowCounter())
            var pull = world.replica.pull()
            while try !pull.step(at: world.authority, counter: served) {}
            try world.replica.finish(pull, counter: applied)

            #expect(pull.windows.map(\.changes.count) == [1])
            #expect(pull.byteCount < 300, "\(pull.byteCount) bytes")
            for counter in [served, applied] {
                #expect((1..<100).contains(counter.rows), "\(counter.rows) rows")
                // Every row that SQLite touches takes at least one instruction, whether it is given or not.
                #expect((1..<10_000).contains(counter.steps), "\(counter.steps) instructions")
                #expect(counter.scannedRows < 100, "\(counter.scannedRows) rows walked over")
            }
        }
    }

    /// The counter counts what a full scan touches, or the test above would prove nothing.
    @Test func aFullScanIsCounted() throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.authority.database.pool.write { try Self.fill($0, isServed: true) }
            let counter = RowCounter()
            try world.authority.database.pool.read { database in
                try database.row("SELECT count(*) FROM almanac_entry WHERE seq >= 0", counter: counter) { _ in }
            }
            #expect(counter.rows == 1)
            #expect(counter.steps > Self.fillers)
            #expect(counter.scannedRows >= Self.fillers)
        }
    }

    /// What a record's coming and going costs does not depend on how many others its stream has.
    @Test func whatACommitLooksUpIsNotAScan() throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.authority.commit { try $0.delete(world.grants, recordID(2)) }
            try world.authority.database.pool.write { database in
                try Self.fill(database, isServed: true)
                let counter = RowCounter()
                let writer = try RecordWriter(RecordTables(database, kind: .served, counter: counter))
                let asia = try #require(try writer.streams.stream(streamName("investments/asia"))).key
                let entries = try #require(writer.entries)
                for id: Int64 in [1, 2, 5_000, 900_000] {
                    #expect(try entries.tombstone(world.grants, recordID(id), in: asia) == (id == 2 ? Sequence(4) : nil))
                }
                try writer.remove(try #require(try writer.stored(world.grants, recordID(5_000))))
                #expect(
                    try writer.tables.table(world.grants).records(where: fieldID(1), is: .text("filler7000")) == [recordID(7_000)]
                )
                #expect((1..<10_000).contains(counter.steps), "\(counter.steps) instructions")
                #expect(counter.scannedRows < 100)
            }
        }
    }

    private static func fill(_ database: Database, isServed: Bool) throws {
        let stream = try Int64.fetchOne(database, sql: "SELECT id FROM almanac_stream WHERE name = 'investments/asia'")
        let history = isServed ? (", _born", ", 3") : ("", "")
        let numbers = "WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < \(999 + fillers))"
        try database.execute(
            sql: """
                \(numbers) INSERT INTO almanac_c17 (id, _stream, _seq, f1, f2, f3\(history.0))
                SELECT i, ?, 3, 'filler' || i, 'asia', i % 3 + 1\(history.1) FROM n
                """, arguments: [stream])
        guard isServed else { return }
        try database.execute(
            sql: "\(numbers) INSERT INTO almanac_entry (stream, seq, collection, record, gone) SELECT ?, 3, 17, i, 0 FROM n",
            arguments: [stream])
    }
}
