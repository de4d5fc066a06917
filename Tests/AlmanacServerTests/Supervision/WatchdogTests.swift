import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import AlmanacServer

/// The manager hears of a server that is well, and of no other.
@Suite struct WatchdogTests {
    @Test func aStoreThatDoesNotAnswerKeepsItSilent() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let name = "@almanac-\(UUID().uuidString)"
        let manager = try TestManager(name)
        let notifier = try #require(ServiceNotifier(environment: ["NOTIFY_SOCKET": name, "WATCHDOG_USEC": "30000"]))
        let illness = Illness()
        let store = HookedStore(dataset.store, onHead: illness.strike)
        let (log, metrics) = (TestLog(), ServerMetrics(cache: DeltaCache()))
        let backend = try Backend(testing: dataset, store: store, log: log, metrics: metrics)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let task = Watchdog(backend: backend, group: group, notifier: notifier).start()
        while illness.count < 4 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(manager.next() == nil)
        #expect(log.text.contains("not well"))
        illness.heal()
        #expect(try await manager.wait(for: "WATCHDOG") == "WATCHDOG=1")
        task?.cancel()
        await backend.threads.stop()
        try await group.shutdownGracefully()
    }
}

/// Fails until it is healed.
private final class Illness: Sendable {
    private let state = Mutex((count: 0, isHealthy: false))

    var count: Int { state.withLock(\.count) }

    func heal() { state.withLock { $0.isHealthy = true } }

    func strike() throws {
        let isHealthy = state.withLock { state in
            state.count += 1
            return state.isHealthy
        }
        if !isHealthy { throw Unexpected("sick") }
    }
}
