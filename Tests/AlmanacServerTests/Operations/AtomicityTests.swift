import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Foundation
import Testing

@testable import AlmanacServer

/// Effect, receipt and the ids of what was made stand or fall together.
@Suite struct AtomicityTests {
    private struct Broken: Error {}

    /// One that fails for a reason of its own leaves nothing, and the others are as if it had never been.
    @Test func aSheetThatFailsTakesNoOtherAlong() throws {
        let office = try Office()
        let (good, bad) = (try office.operation(office.note("good")), try office.operation(office.note("bad")))
        let late = try office.operation(office.note("late"))
        let sheets = [try office.sheet("lea", [good]), try office.sheet("bo", [bad]), try office.sheet("lea", [late])]
        let outcomes = office.dataset.store.apply(sheets, at: TestDataset.founded) { [judge = OperationJudge()] in
            if $0.id == bad.id { throw Broken() }
            return try judge.verdict(on: $0, in: $1)
        }
        guard case .settled = outcomes[0], case .failed = outcomes[1], case .settled = outcomes[2] else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(try office.annotations().map { $0.record[AnnotationSchema.text] } == [.text("good"), .text("late")])
        try office.push("bo", bad).first.expectApplied()
        #expect(try office.dataset.store.check().isRight)
    }

    /// What the store refuses though the rules did not is rejected alone.
    @Test func whatTheStoreRefusesIsRejectedAlone() throws {
        let office = try Office()
        let operations = try ["one", "two", "three"].map { try office.operation(office.note($0)) }
        let outcomes = office.dataset.store.apply([try office.sheet("lea", operations)], at: TestDataset.founded) {
            [judge = OperationJudge()] in
            if $0.id == operations[1].id {
                var effects = OperationEffects()
                effects.writes = [
                    .put(AnnotationSchema.collection, try $1.newID(AnnotationSchema.collection), [], in: .reference)
                ]
                return .accepted(effects)
            }
            return try judge.verdict(on: $0, in: $1)
        }
        guard case .settled(let receipts)? = outcomes.first else { throw Unexpected("\(outcomes)") }
        try receipts.first.expectApplied()
        receipts.dropFirst().first.expectRejected(.invalid)
        try receipts.last.expectApplied()
        #expect(try office.annotations().map { $0.record[AnnotationSchema.text] } == [.text("one"), .text("three")])
    }

    @Test func aRejectedOperationLeavesNothingButItsReceipt() throws {
        let office = try Office()
        let head = try office.dataset.store.head()
        let half = try office.operation(office.note("first half"), office.note("not mine", in: "emea"))
        try office.push("lea", half).first.expectRejected(.notAllowed)
        #expect(try office.dataset.store.head() == head)
        try office.push("lea", office.operation(office.write(office.made(half), "x", over: "first half"))).first
            .expectRejected(.targetUnknown)
        let next = try office.push("lea", office.operation(office.note("next"))).first.expectApplied()
        #expect(next.made.map(\.rawValue) == [1], "an id that nothing has is given out again")
    }

    /// Threat 26: what a crash leaves at any moment is the state before or the state after.
    @Test func threatRow26_aCrashLeavesEffectAndReceiptOrNeither() throws {
        let office = try Office()
        let operation = try office.operation(office.note("durable"))
        var copies: [String] = []
        let copy = { (name: String) in
            let folder = "\(office.dataset.folder.path)/\(name)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for suffix in ["", "-wal"] {
                let path = office.dataset.directory.database + suffix
                if FileManager.default.fileExists(atPath: path) {
                    try FileManager.default.copyItem(atPath: path, toPath: "\(folder)/authority.sqlite\(suffix)")
                }
            }
            copies.append("\(folder)/authority.sqlite")
        }
        _ = office.dataset.store.apply([try office.sheet("lea", [operation])], at: TestDataset.founded) {
            [judge = OperationJudge()] in
            let verdict = try judge.verdict(on: $0, in: $1)
            try copy("before")
            return verdict
        }
        try copy("after")
        let head = try office.dataset.store.head()
        for (path, isThere) in zip(copies, [false, true]) {
            let store = try AuthorityDatabase.open(existing: path)
            defer { try? store.close() }
            #expect(try store.check().isRight)
            #expect((try store.head() == head) == isThere)
            let outcomes = store.apply([try office.sheet("lea", [operation])], at: TestDataset.founded) {
                [judge = OperationJudge()] in try judge.verdict(on: $0, in: $1)
            }
            guard case .settled(let receipts)? = outcomes.first else { throw Unexpected("\(outcomes)") }
            try receipts.first.expectApplied()
            var count = 0
            try store.commit(author: "test", message: "", time: TestDataset.founded) { session in
                try session.forEachRecord(of: AnnotationSchema.collection) { _ in count += 1 }
            }
            #expect(count == 1)
        }
    }

    @Test func theDatasetsChangesAreCommitsOfTheirOwn() throws {
        let office = try Office()
        let before = try office.dataset.store.head().sequence.rawValue
        let operations = [
            try office.operation(office.note("a")), try office.operation(office.note("b")),
            try office.operation(office.edit("city-1", "rank", .integer(1), .integer(2)), message: "a correction"),
            try office.operation(office.note("c")),
        ]
        let sequences = try office.push("cleo", operations).map { try Optional($0).expectApplied().sequence.rawValue - before }
        #expect(sequences == [1, 1, 2, 3])
    }
}
