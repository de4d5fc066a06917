import AlmanacModel
import AlmanacRules
import AlmanacWire
import GRDB
import Testing

@testable import AlmanacReplica
@testable import AlmanacServer

/// What people write costs what they have written.
@Suite struct PushRowsTests {
    /// Annotations without a part in any digest, the same on both sides, half of them replies: what they cost is what is measured.
    private static let fillers = 100_000

    @Test func aReplyBesideAHundredThousandAnnotationsReadsAFewRowsEverywhere() throws {
        let office = try Office()
        let note = try office.operation(office.note("a note"))
        try office.push("lea", note).first.expectApplied()
        let copy = try PulledCopy(office.dataset, "bo", file: "bo.db")
        try copy.sync()
        let store = office.dataset.store
        try store.pool.write { try Self.fill($0, isServed: true) }
        try DatabaseQueue(path: copy.path).write { try Self.fill($0, isServed: false) }

        let reply = try office.operation(
            .make(
                AnnotationSchema.collection, in: Office.team("apac"),
                values: [
                    ProposedField(AnnotationSchema.kind, .text("note")),
                    ProposedField(AnnotationSchema.text, .text("a reply")),
                    ProposedField(AnnotationSchema.parent, .made(by: note.id, index: 0)),
                ]))
        let (applied, served, received) = (RowCounter(), RowCounter(), RowCounter())
        let outcomes = try store.applyTogether([office.sheet("lea", [reply])], at: TestDataset.founded, counter: applied) {
            [judge = OperationJudge()] in try judge.verdict(on: $0, in: $1)
        }
        guard case .settled(let receipts)? = outcomes.first else { throw Unexpected("\(outcomes)") }
        let made = try receipts.first.expectApplied().made
        try copy.sync(served: served, applied: received)

        let arrived = try ReplicaSnapshot.read(path: copy.path) {
            try $0.record(AnnotationSchema.collection, #require(made.first))
        }
        #expect(arrived?.record[AnnotationSchema.text] == .text("a reply"))
        for (what, counter) in [("applied", applied), ("served", served), ("received", received)] {
            #expect((1..<100).contains(counter.rows), "\(what): \(counter.rows) rows")
            // Every row that SQLite touches takes at least one instruction, whether it is given or not.
            #expect((1..<10_000).contains(counter.steps), "\(what): \(counter.steps) instructions")
            #expect(counter.scannedRows < 100, "\(what): \(counter.scannedRows) rows walked over")
        }
    }

    private static func fill(_ database: Database, isServed: Bool) throws {
        let stream = try Int64.fetchOne(database, sql: "SELECT id FROM almanac_stream WHERE name = 'team/apac'")
        let history = isServed ? (", _born", ", 3") : ("", "")
        let numbers = "WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < \(999 + fillers))"
        let uuid = "'00000000-0000-4000-8000-' || printf('%012x', i)"
        try database.execute(
            sql: """
                \(numbers) INSERT INTO almanac_c5 (id, _stream, _seq, f1, f2, f3, f6, f9, f10\(history.0))
                SELECT i, ?, 3, \(uuid), 'note', 'bo', 'filler ' || i, CASE i % 2 WHEN 1 THEN i - 1 END, 'open'\(history.1) FROM n
                """, arguments: [stream])
        guard isServed else { return }
        try database.execute(
            sql: "\(numbers) INSERT INTO almanac_entry (stream, seq, collection, record, gone) SELECT ?, 3, 5, i, 0 FROM n",
            arguments: [stream])
        try database.execute(
            sql: """
                \(numbers) INSERT INTO almanac_operation (uuid, content, person, device, received, sequence, outcome)
                SELECT CAST(\(uuid) AS BLOB), zeroblob(32), 'bo', zeroblob(32), 0, 3, x'' FROM n;
                \(numbers) INSERT INTO almanac_made (operation, change, collection, record)
                SELECT CAST(\(uuid) AS BLOB), 0, 5, i FROM n
                """)
    }
}
