import AlmanacModel
import AlmanacWire
import Foundation
import GRDB
import Testing

@testable import AlmanacReplica

/// What a device has written stays, in order, until the authority has it.
struct OutboxTests {
    @Test func whatWasAddedIsThereAfterReopening() throws {
        try withOutbox { scene, outbox in
            let operations = try (1...3).map { try OutboxScene.making($0) }
            for operation in operations { try outbox.add(OutboxScene.draft(operation), now: OutboxScene.now) }
            let tip = OutboxScene.cursor(7)
            let last = try OutboxScene.making(4)
            try outbox.add(OutboxDraft(last, summary: "with a tip", tip: tip), now: OutboxScene.now)
            let other = try #require(try Outbox.openForReading(path: scene.path))
            let entries = try other.entries()
            #expect(try entries.map { try $0.operation.decode() } == operations + [last])
            #expect(entries.allSatisfy { $0.state == .waiting })
            #expect(entries.last?.tip == tip)
            #expect(entries.last?.summary == "with a tip")
            #expect(try Files.mode(scene.path) == 0o600)
            #expect(try other.counts().waiting == 4)
            #expect(try other.lastNumber() == entries.last?.number)
            #expect(try other.entries(beginning: "0202").map(\.id) == [OutboxScene.id(2)])
        }
    }

    @Test func theSameAgainChangesNothingAndAnotherOfThatIdIsRefused() throws {
        try withOutbox { _, outbox in
            let draft = OutboxScene.draft(try OutboxScene.making(1))
            let entry = try outbox.add(draft, now: OutboxScene.now)
            #expect(try outbox.add(draft, now: OutboxScene.now) == entry)
            let other = OutboxScene.draft(try OutboxScene.making(1, text: "other"))
            #expect(throws: OutboxError.otherContent(entry.id)) { try outbox.add(other, now: OutboxScene.now) }
            #expect(try outbox.entries() == [entry])
        }
    }

    @Test func severalAreSavedTogetherOrNotAtAll() throws {
        try withOutbox { _, outbox in
            let first = OutboxScene.draft(try OutboxScene.making(1))
            let large = OutboxScene.draft(try OutboxScene.making(2, text: String(repeating: "x", count: Caps.operation)))
            #expect(throws: OutboxError.self) { try outbox.add([first, large], now: OutboxScene.now) }
            #expect(try outbox.entries().isEmpty)
        }
    }

    /// THREATS row 18: a clock that jumps changes no order.
    @Test func threats18TheOrderIsThatOfWritingWhateverTheClockSays() throws {
        try withOutbox { _, outbox in
            for (number, time) in [(1, Int64.max), (2, 0), (3, 1_700_000_000_000)] as [(UInt8, Int64)] {
                try outbox.add(OutboxScene.draft(OutboxScene.making(number)), now: Instant(clamping: time))
            }
            #expect(try outbox.entries().map(\.id) == [OutboxScene.id(1), OutboxScene.id(2), OutboxScene.id(3)])
            #expect(try outbox.take(after: 0, count: 10, bytes: 10_000).map(\.id).first == OutboxScene.id(1))
        }
    }

    @Test func onlyWhatTheAuthorityCannotHaveIsDropped() throws {
        try withOutbox { scene, outbox in
            let operations = try (1...4).map { try OutboxScene.making($0) }
            try outbox.add(operations.prefix(3).map(OutboxScene.draft), now: OutboxScene.now)
            #expect(try outbox.take(after: 0, count: 3, bytes: 100_000).count == 3)
            try outbox.add(OutboxScene.draft(operations[3]), now: OutboxScene.now)
            _ = try outbox.store(
                scene.sheet([OutboxScene.applied(operations[1], at: 9, made: [5]), OutboxScene.rejected(operations[2])]),
                now: OutboxScene.now)
            #expect(throws: OutboxError.sentAlready(operations[0].id)) { try outbox.drop(operations[0].id) }
            #expect(throws: OutboxError.applied(operations[1].id)) { try outbox.drop(operations[1].id) }
            try outbox.drop(operations[2].id)
            try outbox.drop(operations[3].id)
            #expect(try outbox.entries().map(\.id) == operations.prefix(2).map(\.id))
            #expect(throws: OutboxError.unknown(operations[3].id)) { try outbox.drop(operations[3].id) }
        }
    }

    @Test func whatOthersAreAboutIsNotDropped() throws {
        try withOutbox { _, outbox in
            let head = try OutboxScene.making(1)
            let reply = try OutboxScene.making(2, about: head.id)
            try outbox.add([head, reply].map(OutboxScene.draft), now: OutboxScene.now)
            #expect(throws: OutboxError.needed(head.id, by: [reply.id])) { try outbox.drop(head.id) }
            try outbox.drop(reply.id)
            try outbox.drop(head.id)
            #expect(try outbox.entries().isEmpty)
        }
    }

    @Test func aRetryIsANewOperationAndFollowsWhatWasRetriedBefore() throws {
        try withOutbox { scene, outbox in
            let head = try OutboxScene.making(1)
            let reply = try OutboxScene.making(2, about: head.id)
            try outbox.add([head, reply].map(OutboxScene.draft), now: OutboxScene.now)
            #expect(throws: OutboxError.notRejected(head.id)) {
                try outbox.retry(head.id, as: OutboxScene.id(11), now: OutboxScene.now)
            }
            _ = try outbox.store(scene.sheet([head, reply].map(OutboxScene.rejected)), now: OutboxScene.now)
            #expect(try outbox.counts().rejected == 2)
            try outbox.retry(head.id, as: OutboxScene.id(11), now: OutboxScene.now)
            let again = try outbox.retry(reply.id, as: OutboxScene.id(12), now: OutboxScene.now)
            #expect(again.retryOf == reply.id)
            #expect(again.state == .waiting)
            #expect(try again.operation.decode().changes == OutboxScene.making(12, about: OutboxScene.id(11)).changes)
            #expect(try outbox.entry(reply.id)?.retriedBy == again.id)
            #expect(try outbox.counts().rejected == 0)
            #expect(throws: OutboxError.retriedAlready(reply.id, as: again.id)) {
                try outbox.retry(reply.id, as: OutboxScene.id(13), now: OutboxScene.now)
            }
        }
    }

    @Test func sheetsAreFilledInOrderAndWhatIsTakenCountsAsSent() throws {
        try withOutbox { _, outbox in
            let operations = try (1...5).map { try OutboxScene.making($0) }
            try outbox.add(operations.map(OutboxScene.draft), now: OutboxScene.now)
            let size = operations[0].encoded.count
            let first = try outbox.take(after: 0, count: 10, bytes: 2 * size)
            #expect(first.map(\.id) == operations.prefix(2).map(\.id))
            #expect(first.allSatisfy { $0.state == .sent(earlier: nil) })
            let second = try outbox.take(after: try #require(first.last).number, count: 2, bytes: 1)
            #expect(second.map(\.id) == [operations[2].id], "one that is larger than the rest goes alone")
            #expect(try outbox.counts().sent == 3)
            #expect(
                try outbox.take(after: 0, count: 10, bytes: 2 * size).map(\.id) == first.map(\.id), "sent again without an answer"
            )
        }
    }
}
