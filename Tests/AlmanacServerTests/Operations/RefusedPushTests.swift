import AlmanacCrypto
import AlmanacModel
import AlmanacWire
import Dispatch
import GRDB
import NIOCore
import NIOPosix
import Testing

@testable import AlmanacReplica
@testable import AlmanacServer

/// Pushes that come to nothing, for a while or for ever.
@Suite struct RefusedPushTests {
    /// What a connection would have: who, where, and what it is answered.
    private final class Sender: Sendable {
        private let device: TestDevice
        private let office: Office.Place
        private let lane = PushLane()
        private let eventLoop = MultiThreadedEventLoopGroup.singleton.next()

        init(_ device: TestDevice, _ office: Office.Place) { (self.device, self.office) = (device, office) }

        func push(_ operations: [SentOperation], to backend: Backend) async throws -> Message {
            let known = try #require(try office.store.device(device.fingerprint()))
            let push = try device.signed(operations, for: office.dataset)
            let answer = eventLoop.makePromise(of: Message.self)
            backend.apply(
                WaitingPush(push: push, device: known, lane: lane, eventLoop: eventLoop) { answer.succeed($0) })
            return try await answer.futureResult.get()
        }

        func expectApplied(_ operations: [SentOperation], by backend: Backend) async throws -> [Receipt] {
            let answer = try await push(operations, to: backend)
            guard case .receipts(let receipts) = answer else { throw Unexpected("\(answer) instead of receipts") }
            return receipts.sheet.statement.receipts
        }

        func expectError(_ code: ErrorCode, _ operations: [SentOperation], by backend: Backend) async throws {
            guard case .error(let error) = try await push(operations, to: backend) else {
                throw Unexpected("no \(code)")
            }
            #expect(error.code == code, "\(error.sentence)")
            #expect(error.retry != .no, "it may be sent again")
        }
    }

    private func sender(_ person: String, _ office: Office) throws -> Sender {
        Sender(try office.device(person), try office.place)
    }

    /// Threat 25: nothing of a group remains that the disk has no room for, reading goes on, and sending again works.
    @Test func threatRow25_aFullDiskLeavesNothingOfAGroup() async throws {
        let office = try Office()
        let store = office.dataset.store
        let backend = try Backend(testing: office.dataset, store: store)
        let large = String(repeating: "a long note. ", count: 3_000)
        let first = SentOperation(try office.operation(office.note("first" + large)))
        let second = SentOperation(try office.operation(office.note("second" + large)))
        let head = try store.head()
        try office.leave(pages: 2)
        let lea = try sender("lea", office)
        try await lea.expectError(.internal, [first, second], by: backend)
        #expect(try store.head() == head)
        #expect(try office.annotations().isEmpty)
        // What comes behind on the same connection may rest on it.
        try await lea.expectError(.busy, [second], by: backend)
        try office.leave(pages: 1_000_000)
        for receipt in try await sender("lea", office).expectApplied([first, second], by: backend) {
            try Optional(receipt).expectApplied()
        }
        #expect(try office.annotations().count == 2)
        #expect(try store.check().isRight)
        await backend.threads.stop()
    }

    /// One whose sheet fails keeps its later ones from being applied before it, and nobody else's.
    @Test func whatIsBehindAFailedSheetOfItsDeviceWaits() throws {
        struct Broken: Error {}
        let office = try Office()
        let (bad, behind) = (try office.operation(office.note("bad")), try office.operation(office.note("behind")))
        let other = try office.operation(office.note("other"))
        let sheets = [try office.sheet("bo", [bad]), try office.sheet("bo", [behind]), try office.sheet("lea", [other])]
        let outcomes = office.dataset.store.apply(sheets, at: TestDataset.founded) { [judge = OperationJudge()] in
            if $0.id == bad.id { throw Broken() }
            return try judge.verdict(on: $0, in: $1)
        }
        guard case .failed = outcomes[0], case .failed = outcomes[1], case .settled = outcomes[2] else {
            Issue.record("\(outcomes)")
            return
        }
    }

    /// Threat 20: what is no operation, or holds what a dataset cannot, is rejected alone.
    @Test func threatRow20_whatIsNoOperationHoldsNothingUp() async throws {
        let office = try Office()
        let backend = try Backend(testing: office.dataset, store: office.dataset.store)
        let good = try ["one", "two"].map { SentOperation(try office.operation(office.note($0))) }
        let whole = SentOperation(try office.operation(office.note("MARK"))).bytes
        let invalid = whole.map { $0 == UInt8(ascii: "M") ? 0xff : $0 }
        let bad = [
            try SentOperation(invalid), try SentOperation(try office.newID().bytes),
            try SentOperation(try office.newID().bytes + [UInt8](repeating: 0xff, count: 1_000)),
            try SentOperation(try office.newID().bytes + whole.dropFirst(UniqueID.byteCount).dropLast()),
            try SentOperation(try office.newID().bytes + whole.dropFirst(UniqueID.byteCount) + [0]),
        ]
        let receipts = try await sender("lea", office).expectApplied([good[0]] + bad + [good[1]], by: backend)
        try receipts.first.expectApplied()
        for receipt in receipts.dropFirst().dropLast() { Optional(receipt).expectRejected(.unreadable) }
        try receipts.last.expectApplied()
        #expect(try office.annotations().count == 2)
        await backend.threads.stop()
    }

    /// Threat 20: above the cap of values it is no operation, and what the rules do not let through is refused by them.
    @Test func threatRow20_aHugeTextIsRefused() throws {
        let office = try Office()
        let huge = String(repeating: "x", count: Caps.textValue + 1)
        try office.push("lea", office.operation(office.note(huge))).first.expectRejected(.unreadable)
        let long = String(repeating: "x", count: 65)
        try office.push("lea", office.operation(office.note("x", tags: [long]))).first.expectRejected(.invalid)
        #expect(throws: WireError.self) { try SentOperation([UInt8](repeating: 1, count: Caps.operation + 1)) }
        #expect(try office.annotations().isEmpty)
    }

    @Test func aDeviceThatPushesWithoutMeasureIsToldToWait() throws {
        let limiter = OperationLimiter(limit: 30_000)
        let (mine, other) = (try Hash32(hashing: [1]), try Hash32(hashing: [2]))
        let start = TestDataset.founded
        for _ in 0..<29 { #expect(limiter.push(1_024, from: mine, now: start) == nil) }
        #expect(limiter.push(1_024, from: mine, now: start.advanced(by: .seconds(20))) == .seconds(40))
        #expect(limiter.push(1_024, from: other, now: start.advanced(by: .seconds(20))) == nil)
        #expect(limiter.push(1_024, from: mine, now: start.advanced(by: .seconds(60))) == nil)
    }

    @Test func theLimitIsAnsweredByBusyAndATime() async throws {
        let office = try Office()
        let limiter = OperationLimiter(limit: 100)
        let backend = try Backend(testing: office.dataset, store: office.dataset.store, operations: limiter)
        let rejected = try (0..<50).map { SentOperation(try office.operation(office.note("\($0)", in: "emea"))) }
        let lea = try sender("lea", office)
        for _ in 0..<2 {
            for receipt in try await lea.expectApplied(rejected, by: backend) { Optional(receipt).expectRejected(.notAllowed) }
        }
        // A minute that has yet to begin is not over before the next push comes, however long the others took.
        _ = limiter.push(100, from: try office.device("lea").fingerprint(), now: Instant(NIODeadline.now() + .seconds(60)))
        try await lea.expectError(.busy, rejected, by: backend)
        await backend.threads.stop()
    }

    @Test func aFullQueueIsBusy() async throws {
        let office = try Office()
        let queue = PushQueue()
        let (device, place) = (try office.device("lea"), try office.place)
        let known = try #require(try place.store.device(device.fingerprint()))
        let push = try device.signed([SentOperation(try office.operation(office.note("x")))], for: place.dataset)
        let waiting = WaitingPush(
            push: push, device: known, lane: PushLane(), eventLoop: MultiThreadedEventLoopGroup.singleton.next()
        ) { _ in }
        guard case .first = queue.add(waiting) else { throw Unexpected("not the first") }
        for _ in 1..<PushQueue.countLimit {
            guard case .behindOthers = queue.add(waiting) else { throw Unexpected("not behind others") }
        }
        guard case .full = queue.add(waiting) else { throw Unexpected("not full") }
        #expect(!queue.take().isEmpty)
        guard case .behindOthers = queue.add(waiting) else { throw Unexpected("no room") }
    }
}

extension Office {
    /// Where operations go.
    struct Place: Sendable {
        let store: AuthorityDatabase
        let dataset: UniqueID
    }

    /// The disk has room for so many more.
    func leave(pages: Int64) throws {
        try dataset.store.pool.writeWithoutTransaction { database in
            let used = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(used + pages)")
        }
    }

    var place: Place { get throws { Place(store: dataset.store, dataset: try dataset.store.head().dataset) } }
}

extension TestDevice {
    /// A sheet of these, signed.
    func signed(_ operations: [SentOperation], for dataset: UniqueID) throws -> Push {
        let sheet = try OperationSheet(dataset: dataset, key: key.publicKey.der, operations: operations)
        let signature = try key.sign(context: .operations, message: sheet.encoded)
        return try Push(sheet: Signed(sheet, signature: #require(Signature64(bytes: signature.bytes))))
    }
}
