import TestSupport
import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacServer
import AlmanacWire
import Synchronization
import Testing

/// A follower whose line is cut again and again ends where the authority is, and fetches little twice.
@Suite struct FollowTests {
    /// What a follower has reported.
    private final class Log: Sendable {
        private struct State {
            var reconnects = 0
            var head: UInt64 = 0
        }

        private let state = Mutex(State())
        let kept = EntryLog()

        func take(_ progress: SyncProgress) {
            kept.take(progress)
            if case .reconnecting = progress { state.withLock { $0.reconnects += 1 } }
        }

        func reached(_ head: AlmanacModel.Sequence) { state.withLock { $0.head = head.rawValue } }

        var reconnects: Int { state.withLock(\.reconnects) }
        var head: UInt64 { state.withLock(\.head) }
    }

    /// No commit comes in between: every entry is stored once, however often the line is cut.
    @Test(arguments: [31, 32] as [UInt64])
    func whatCameWholeIsNeverFetchedAgain(seed: UInt64) async throws {
        print("seed \(seed)")
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: seed)
        var generator = SeededGenerator(seed: seed)
        try commits.fill(authority, count: 9_000)
        let relay = try await Relay()
        let port = try await authority.serve()
        relay.lead(to: port)
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: relay.port))
        let log = Log()
        let before = relay.passedByteCount
        var cuts = 0
        while cuts < 60 {
            relay.lead(to: port, cutAfter: Int.random(in: 0...350_000, using: &generator))
            do {
                try await laptop.sync { log.take($0) }
                break
            } catch { cuts += 1 }
        }
        relay.lead(to: port)
        let summary = try await laptop.sync { log.take($0) }
        #expect(cuts > 3, "a fault that was never injected")
        let records = UInt64(clamping: summary.recordCount)
        #expect(log.kept.entries == records, "every entry once")
        // What was fetched for nothing: of each try a window that was cut, and the handshake.
        let wasted = relay.passedByteCount - before - log.kept.byteCount
        #expect(wasted < (cuts + 2) * (262_144 + 8_192))
        try await authority.stop()
        try await relay.close()
    }

    @Test(arguments: [41, 42] as [UInt64])
    func aFollowerThatIsCutEndsAtTheHead(seed: UInt64) async throws {
        print("seed \(seed)")
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: seed)
        var generator = SeededGenerator(seed: seed)
        try commits.fill(authority, count: 2_000)
        let relay = try await Relay()
        relay.lead(to: try await authority.serve())
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: relay.port))
        let log = Log()
        let interruption = Interruption()
        let session = SyncSession(laptop.context, interruption: interruption, report: { log.take($0) })
        let before = relay.passedByteCount
        let following = Task { try await session.follow { log.reached($0.to.sequence) } }
        for _ in 0..<8 {
            relay.lead(
                to: try await authority.restart(unless: Int.random(in: 0..<3, using: &generator) != 0),
                cutAfter: Int.random(in: 0...60_000, using: &generator))
            for _ in 0..<3 { try commits.change(authority, count: 40) }
            try await Task.sleep(for: .milliseconds(300))
        }
        relay.lead(to: try await authority.restart(unless: true))
        try commits.change(authority)
        let head = try authority.head()
        // As long as it takes; the reconnecting pauses are its own.
        while log.head < head { try await Task.sleep(for: .milliseconds(50)) }
        _ = interruption.request()
        await #expect(throws: (any Error).self) { try await following.value }

        let start = relay.passedByteCount
        #expect(log.reconnects > 0, "a fault that was never injected")
        #expect(start - before - log.kept.byteCount < (log.reconnects + 2) * (262_144 + 8_192) + 16_384 * 32)
        // The first copy once, and of every change at most what left a stream and what came to one.
        #expect(log.kept.entries <= 2_010 + (8 * 3 * 40 + 20) * 2, "\(log.kept.entries) entries: something was fetched again")
        let fresh = try await Laptop(folder, "ben", link: authority.invite("ben", port: relay.port))
        try await fresh.sync()
        #expect(try laptop.contents() == fresh.contents())
        try laptop.verify()
        try await authority.stop()
        try await relay.close()
    }

    /// A subscription that changes while an authority is followed is taken up by itself.
    @Test func aFollowerTakesUpANewSubscription() async throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: 9)
        try commits.fill(authority, count: 200)
        let port = try await authority.serve()
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))
        try laptop.subscribe(["investments/asia"])
        let interruption = Interruption()
        let session = SyncSession(laptop.context, interruption: interruption)
        let (steps, said) = AsyncStream.makeStream(of: SyncSummary.self)
        let following = Task { try await session.follow { said.yield($0) } }
        var step = steps.makeAsyncIterator()
        #expect(await step.next()?.streams.map(\.name.rawValue) == ["investments/asia", "reference"])
        try laptop.subscribe(["investments/europe"])
        let next = try #require(await step.next())
        #expect(next.joined.map(\.rawValue) == ["investments/europe"] && next.left.map(\.rawValue) == ["investments/asia"])
        _ = interruption.request()
        await #expect(throws: (any Error).self) { try await following.value }
        try laptop.verify()
        try await authority.stop()
    }

    /// A quiet authority: the replica's signature becomes newer, and nobody is told of a step.
    @Test func threat10_aNewerSignatureIsTakenOverAndIsNoStep() async throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority(folder)
        var commits = TestCommits(seed: 10)
        try commits.fill(authority, count: 50)
        let port = try await authority.serve { $0.renewalInterval = .milliseconds(300) }
        let laptop = try await Laptop(folder, "lea", link: authority.invite("lea", port: port))
        let interruption = Interruption()
        let session = SyncSession(laptop.context, interruption: interruption)
        let steps = Mutex<[SyncSummary]>([])
        let following = Task { try await session.follow { step in steps.withLock { $0.append(step) } } }
        while steps.withLock(\.isEmpty) { try await Task.sleep(for: .milliseconds(20)) }
        let first = try laptop.state().checkpoint.statement
        while try laptop.state().checkpoint.statement.time <= first.time { try await Task.sleep(for: .milliseconds(20)) }
        #expect(steps.withLock(\.count) == 1)
        try commits.change(authority)
        let head = try authority.head()
        while steps.withLock({ $0.last?.to.sequence.rawValue }) != head { try await Task.sleep(for: .milliseconds(20)) }
        #expect(steps.withLock { $0.dropFirst().allSatisfy { !$0.isUnchanged } })
        _ = interruption.request()
        await #expect(throws: (any Error).self) { try await following.value }
        try laptop.verify()
        try await authority.stop()
    }
}
