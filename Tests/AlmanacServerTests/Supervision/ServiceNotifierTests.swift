import Foundation
import Testing

@testable import AlmanacServer

@Suite struct ServiceNotifierTests {
    @Test func withoutASocketThereIsNobodyToTell() {
        #expect(ServiceNotifier(environment: [:]) == nil)
        for name in ["", "relative", "vsock:2:1", "/" + String(repeating: "x", count: 200)] {
            #expect(ServiceNotifier(environment: ["NOTIFY_SOCKET": name]) == nil, "\(name)")
        }
    }

    @Test func theWatchdogIsAskedForByTimeAndProcess() throws {
        func watchdog(_ more: [String: String]) throws -> Duration? {
            try #require(ServiceNotifier(environment: more.merging(["NOTIFY_SOCKET": "/x"]) { $1 })).watchdog
        }
        #expect(try watchdog([:]) == nil)
        #expect(try watchdog(["WATCHDOG_USEC": "30000000"]) == .seconds(30))
        #expect(try watchdog(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "\(getpid())"]) == .seconds(30))
        #expect(try watchdog(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"]) == nil)
        for wrong in ["", "0", "-1", "soon"] { #expect(try watchdog(["WATCHDOG_USEC": wrong]) == nil) }
    }

    @Test(arguments: [true, false]) func aServerSaysThatItIsReadyAliveAndStopping(isAbstract: Bool) async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let name = isAbstract ? "@almanac-\(UUID().uuidString)" : dataset.folder.path + "/notify"
        let manager = try TestManager(name)
        let notifier = ServiceNotifier(environment: ["NOTIFY_SOCKET": name, "WATCHDOG_USEC": "150000"])
        try await TestServer.serving(dataset, notifier: notifier) { server in
            let ready = try await manager.wait(for: "READY")
            #expect(ready.hasPrefix("READY=1\nSTATUS=serving 127.0.0.1:\(server.port), head r"))
            for _ in 0..<3 { #expect(try await manager.wait(for: "WATCHDOG=1") == "WATCHDOG=1") }
        }
        let stopping = try await manager.wait(for: "STOPPING=1")
        #expect(stopping.hasPrefix("STOPPING=1\n"))
    }

    @Test func aManagerThatIsGoneIsNoTrouble() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let notifier = ServiceNotifier(environment: ["NOTIFY_SOCKET": dataset.folder.path + "/gone"])
        try await TestServer.serving(dataset, notifier: notifier) { server in _ = try await server.status() }
    }
}
