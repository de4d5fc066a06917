import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacWire
import Dispatch
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import AlmanacServer

/// How pieces of pulls are read, at a store that something happens to.
@Suite struct ReadingTests {
    private static let question = DeltaRequest(epoch: nil, streams: [], patterns: [.all], highestHead: .zero)
    private static let secrets = TestResource(
        name: "secrets", fields: [TestResource.key, TestResource.field("text")], csv: "key,text\na,b\n", stream: "section")

    private func answer(_ backend: Backend, _ device: TestDevice, _ group: any EventLoopGroup) async throws -> Backend.Piece {
        let fingerprint = try device.fingerprint()
        return await withCheckedContinuation { continuation in
            backend.read(
                PullQuestion(request: Self.question, fingerprint: fingerprint, eventLoop: group.next()) {
                    continuation.resume(returning: $0)
                })
        }
    }

    /// A stream is closed, and something secret goes into it, between the look at the rights and the reading.
    @Test func threat13_whatCameUnderNewerRightsIsNotReadUnderOlderOnes() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try dataset.importPackage([Self.secrets], open: ["section"])
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        let isClosed = Mutex(false)
        let store = HookedStore(
            dataset.store,
            onReadDelta: {
                guard
                    isClosed.withLock({ isClosed in
                        defer { isClosed = true }; return !isClosed
                    })
                else { return }
                try dataset.importPackage([Self.secrets], open: [])
            })
        let backend = try Backend(testing: dataset, store: store)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let piece = try await answer(backend, device, group)
        guard case .piece(let outline, let windows, _) = piece.step else { throw Unexpected("\(piece.step)") }
        #expect(outline?.head == (try dataset.store.head().sequence))
        #expect(outline?.entries.map(\.stream.rawValue) == ["reference"])
        #expect(windows.allSatisfy { $0.header.stream == .reference })
        #expect(isClosed.withLock { $0 })
        await backend.threads.stop()
        try await group.shutdownGracefully()
    }

    /// As many reads as there are threads for them stand still; whatever the server lives by goes on.
    @Test func threat6_readsThatTakeLongKeepNobodyElseWaiting() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        let gate = Gate()
        let backend = try Backend(testing: dataset, store: HookedStore(dataset.store, onReadDelta: gate.pass))
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let key = PeerKey.certified(try device.fingerprint(), isExpired: false)
        let wanted = Presence()
        for number in 0..<16 as Range<UInt64> {
            ask(backend, key, number, group, wanted)
        }
        while gate.count < 4 { try await Task.sleep(for: .milliseconds(5)) }
        let admission = try await backend.threads.look(on: group.next()) { try backend.admit(key) }.get()
        guard case .admitted(.full, _) = admission else { throw Unexpected("\(admission)") }
        #expect(try await backend.threads.look(on: group.next()) { try backend.look(unless: nil) }.get() != nil)
        wanted.end()
        gate.open()
        // Behind the others in their queue.
        try await backend.threads.read(on: group.next()) {}.get()
        await backend.threads.stop()
        #expect(gate.count == 4, "nothing is read for those who are gone")
        try await group.shutdownGracefully()
    }

    /// Each number is another question.
    private func ask(
        _ backend: Backend, _ key: PeerKey, _ number: UInt64, _ group: any EventLoopGroup, _ presence: Presence
    ) {
        guard case .certified(let fingerprint, _) = key else { return }
        var request = Self.question
        request.outlinedHead = AlmanacModel.Sequence(1_000 + number)
        backend.read(
            PullQuestion(
                request: request, fingerprint: fingerprint, eventLoop: group.next(), isWanted: { presence.isHere }
            ) { _ in })
    }
}

/// Closed until it is opened; counts who came.
private final class Gate: Sendable {
    private let state = Mutex(0)
    private let semaphore = DispatchSemaphore(value: 0)

    var count: Int { state.withLock { $0 } }

    func pass() {
        state.withLock { $0 += 1 }
        semaphore.wait()
        semaphore.signal()
    }

    func open() { semaphore.signal() }
}
