import AlmanacModel
import AlmanacTransport
import AlmanacWire
import Synchronization
import Testing

@testable import AlmanacServer

@Suite struct StoppingTests {
    @Test func anOpenPullIsFinishedAndNothingNewAccepted() async throws {
        let dataset = try TestDataset.large()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) {
            $0.drainTimeout = .seconds(60)
        } _: { server in
            let client = try await server.open(device)
            try await client.setReading(false)
            client.send(.pull(try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all])), 1)
            client.send(.ping(Ping(content: 1)))
            await server.stop()
            while !server.log.text.contains("stopping") { await Task.yield() }
            client.send(.chainRequest(ChainRequest()), 2)
            try await client.setReading(true)
            var met: [MessageType] = []
            receiving: while true {
                switch await client.event() {
                case .message(.error(let error), ExchangeID(2)): #expect(error.code == .goingAway)
                case .message(let message, _): if met.last != message.type { met.append(message.type) }
                case .failed(let error): throw Unexpected(error)
                case .closed: break receiving
                }
            }
            #expect(met.last == .complete)
            #expect(met.contains(.goingAway))
            #expect(met.contains(.window))
            await #expect(throws: ConnectError.self) { try await server.connect(device) }
        }
    }

    @Test func idleConnectionsEndWithAFarewell() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) {
            // On a machine that is busy elsewhere, a hello that does not come would end the silent one before the stop does.
            $0.helloTimeout = .seconds(3_600)
        } _: { server in
            let (idle, silent) = (try await server.open(device), try await server.connect(device))
            _ = try await silent.next()
            await server.stop()
            for client in [idle, silent] {
                guard case .goingAway = try await client.next().message else { throw Unexpected("no farewell") }
                await client.expectClosed()
            }
        }
    }

    @Test func oneWhoDoesNotReadIsNotWaitedForLong() async throws {
        let dataset = try TestDataset.large()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        // It outlives the service, which returns although this reader never reads.
        let stalled = Mutex<TestClient?>(nil)
        try await TestServer.serving(dataset) {
            $0.drainTimeout = .milliseconds(100)
        } _: { server in
            let client = try await server.open(device)
            try await client.setReading(false)
            client.send(.pull(try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all])), 1)
            stalled.withLock { $0 = client }
        }
        #expect(stalled.withLock { $0 } != nil)
    }

    @Test func theDirectoryIsFreeAgain() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        for _ in 0..<2 {
            try await TestServer.serving(dataset) { server in _ = try await server.open() }
        }
        _ = try DirectoryLock(dataset.directory.lock)
    }

    @Test func aCancelledServiceReturns() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let (listening, found) = AsyncStream.makeStream(of: Void.self)
        let service = AlmanacService(
            directory: dataset.directory, settings: .init(host: "127.0.0.1", port: 0), logger: TestLog().logger
        ) { _ in found.finish() }
        let running = Task { try await service.run() }
        for await _ in listening {}
        running.cancel()
        try await running.value
    }

    @Test func aPortInUseIsSaid() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let second = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            await #expect(throws: ListenError.addressInUse(host: "127.0.0.1", port: server.port)) {
                try await TestServer.serving(second) {
                    $0.port = server.port
                } _: { _ in
                }
            }
        }
    }

    @Test func aDirectoryWithoutADatasetIsSaid() async throws {
        let folder = try TemporaryFolder()
        let service = AlmanacService(
            directory: DataDirectory(folder.path), settings: .init(host: "127.0.0.1", port: 0), logger: TestLog().logger)
        await #expect(throws: NoDataset(path: folder.path)) { try await service.run() }
        #expect(folder.files.isEmpty, "nothing was left there")
    }
}
