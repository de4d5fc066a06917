import AlmanacCrypto
import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacReplica

/// What receipts do to an outbox, and what others do not.
struct OutboxReceiptTests {
    @Test func anAppliedOperationIsShownUntilTheCursorReachesIt() throws {
        try withOutbox { scene, outbox in
            let operation = try OutboxScene.making(1)
            try outbox.add(OutboxScene.draft(operation), now: OutboxScene.now)
            #expect(try outbox.pending(at: OutboxScene.cursor(100)).count == 1)
            let sheet = try scene.sheet([OutboxScene.applied(operation, at: 9, made: [5])])
            #expect(try outbox.store(sheet, now: OutboxScene.now).count == 1)
            #expect(try outbox.pending(at: OutboxScene.cursor(8)).count == 1)
            #expect(try outbox.pending(at: OutboxScene.cursor(9)).isEmpty)
            #expect(try outbox.pending(at: nil).count == 1)
            #expect(try outbox.made(by: operation.id, index: 0) == recordID(5))
            #expect(try outbox.made(by: operation.id, index: 1) == nil)
            #expect(try outbox.receipts() == [sheet])
            #expect(try outbox.counts().isEmpty)
        }
    }

    /// THREATS row 7: a receipt that comes a thousand times has one effect.
    @Test func threats7RepeatedReceiptsChangeNothing() throws {
        try withOutbox { scene, outbox in
            let operation = try OutboxScene.making(1)
            try outbox.add(OutboxScene.draft(operation), now: OutboxScene.now)
            let sheet = try scene.sheet([OutboxScene.applied(operation, at: 9, made: [5])])
            _ = try outbox.store(sheet, now: OutboxScene.now)
            let before = try outbox.entries()
            for _ in 0..<1_000 { #expect(try outbox.store(sheet, now: OutboxScene.now).isEmpty) }
            // Another word of the same history, which the authority never gives.
            #expect(try outbox.store(scene.sheet([OutboxScene.rejected(operation)]), now: OutboxScene.now).isEmpty)
            #expect(try outbox.entries() == before)
            #expect(try outbox.receipts().count == 1)
        }
    }

    /// THREATS row 7: a receipt about another content is refused with its whole sheet.
    @Test func threats7AReceiptOfAnotherContentChangesNothing() throws {
        try withOutbox { scene, outbox in
            let (good, bad) = (try OutboxScene.making(1), try OutboxScene.making(2))
            try outbox.add([good, bad].map(OutboxScene.draft), now: OutboxScene.now)
            let other = Receipt(
                operation: bad.id, content: .zero, outcome: .applied(.init(sequence: Sequence(9), made: [try recordID(5)])))
            let sheet = try scene.sheet([OutboxScene.applied(good, at: 9, made: [4]), other])
            #expect(throws: ReceiptFlaw.otherContent(bad.id)) { try outbox.store(sheet, now: OutboxScene.now) }
            let short = try scene.sheet([OutboxScene.applied(good, at: 9, made: [])])
            #expect(throws: ReceiptFlaw.madeCount(good.id)) { try outbox.store(short, now: OutboxScene.now) }
            #expect(try outbox.entries().allSatisfy { $0.state == .waiting })
            #expect(try outbox.receipts().isEmpty)
        }
    }

    /// THREATS row 7: whoever else signs receipts, the check refuses them.
    @Test func threats7ForgedReceiptsAreRefused() throws {
        try withTemporaryDirectory { directory in
            let scene = try OutboxScene(directory)
            let receipt = try OutboxScene.rejected(OutboxScene.making(1))
            let good = try scene.sheet([receipt])
            let verifier = ReceiptVerifier(trust: try scene.keys.trust())
            try verifier.verify(good)
            let stranger = try TestKeys(seed: 9)
            let forged = try TestKeys.sign(good.statement, by: stranger.checkpoint, context: .receipts)
            #expect(throws: ReceiptVerifier.Refusal.signatureInvalid) { try verifier.verify(forged) }
            let confused = try TestKeys.sign(good.statement, by: scene.keys.checkpoint, context: .checkpoint)
            #expect(throws: ReceiptVerifier.Refusal.signatureInvalid) { try verifier.verify(confused) }
            let foreign = try scene.sheet([receipt], dataset: stranger.dataset)
            #expect(throws: ReceiptVerifier.Refusal.wrongDataset(stranger.dataset)) { try verifier.verify(foreign) }
            let replaced = try scene.sheet([receipt], delegation: 1)
            #expect(throws: ReceiptVerifier.Refusal.unknownDelegation(1)) { try verifier.verify(replaced) }
        }
    }

    @Test func aLostHistoryPutsOperationsBack() throws {
        try withOutbox { scene, outbox in
            let operations = try [OutboxScene.making(1), OutboxScene.making(2)]
            try outbox.add(operations.map(OutboxScene.draft), now: OutboxScene.now)
            _ = try outbox.store(
                scene.sheet([OutboxScene.applied(operations[0], at: 9, made: [5]), OutboxScene.rejected(operations[1])]),
                now: OutboxScene.now)
            #expect(try outbox.reopen(before: OutboxScene.epoch) == 0)
            let next = Epoch(6)
            #expect(try outbox.reopen(before: next) == 1)
            let again = try outbox.take(after: 0, count: 10, bytes: 100_000)
            #expect(again.map(\.id) == [operations[0].id])
            #expect(again.first?.settled?.applied.made == [try recordID(5)], "which record it was stays known")
            _ = try outbox.store(
                scene.sheet([OutboxScene.applied(operations[0], at: 3, made: [77])], epoch: next), now: OutboxScene.now)
            #expect(try outbox.made(by: operations[0].id, index: 0) == recordID(77))
            #expect(try outbox.pending(at: OutboxScene.cursor(3, epoch: next)).isEmpty)
            #expect(try outbox.pending(at: OutboxScene.cursor(1_000)).count == 1)
        }
    }

    @Test func whatTheReplicaShowsIsKeptForFourHundredDays() throws {
        try withOutbox { scene, outbox in
            let operations = try (1...3).map { try OutboxScene.making($0) }
            try outbox.add(operations.map(OutboxScene.draft), now: OutboxScene.now)
            let receipts = try [
                OutboxScene.applied(operations[0], at: 9, made: [5]), OutboxScene.applied(operations[1], at: 50, made: [6]),
                OutboxScene.rejected(operations[2]),
            ]
            _ = try outbox.store(scene.sheet(receipts), now: OutboxScene.now)
            let day = Duration.seconds(86_400)
            try outbox.prune(shown: OutboxScene.cursor(9), now: OutboxScene.now.advanced(by: day * 400))
            #expect(try outbox.entries().count == 3)
            try outbox.prune(shown: OutboxScene.cursor(9), now: OutboxScene.now.advanced(by: day * 401))
            #expect(try outbox.entries().map(\.id) == [operations[1].id, operations[2].id])
            #expect(try outbox.lastNumber() == 3)
        }
    }
}
