import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacServer

/// Those who say nothing, or read nothing.
@Suite struct PatienceTests {
    @Test func threat5AConnectionWithoutAHelloEnds() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) {
            $0.helloTimeout = .milliseconds(100)
        } _: { server in
            let client = try await server.connect()
            guard case .serverHello = try await client.next().message else { throw Unexpected("no hello") }
            try await client.expectError(.timedOut)
            await client.expectClosed()
        }
    }

    @Test func threat5AnIdleConnectionEndsInGoodOrder() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) {
            $0.idleTimeout = .milliseconds(200)
        } _: { server in
            let client = try await server.open(device)
            guard case .goingAway = try await client.next().message else { throw Unexpected("no farewell") }
            await client.expectClosed()
        }
    }

    @Test func threat5TwoHundredWhoSayNothingDoNotKeepAGoodOneFromSyncing() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try dataset.importPackage([PullTests.cities], open: ["*"])
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) {
            $0.helloTimeout = .seconds(60)
        } _: { server in
            var silent: [TestClient] = []
            for _ in 0..<200 { silent.append(try await server.connect()) }
            let pulled = try await server.open(device).pullAll()
            #expect(pulled.windows.flatMap(\.changes).count > 500)
            for client in silent { await client.close() }
        }
    }

    @Test func threat6StalledReadersDoNotHurtOthers() async throws {
        let dataset = try TestDataset.large()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) {
            $0.drainTimeout = .milliseconds(100)
        } _: { server in
            let pull = Message.pull(try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all]))
            var stalled: [TestClient] = []
            for _ in 0..<20 {
                let client = try await server.open(device)
                try await client.setReading(false)
                client.send(pull, 1)
                stalled.append(client)
            }
            let pulled = try await server.open(device).pullAll()
            #expect(pulled.windows.count > 40)
            for client in stalled { client.drop() }
        }
    }

    @Test func aReaderThatStallsIsCutOffInTheEnd() async throws {
        let dataset = try TestDataset.large()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) {
            $0.stallTimeout = .milliseconds(300)
        } _: { server in
            let client = try await server.open(device)
            try await client.setReading(false)
            client.send(.pull(try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all])), 1)
            while !server.log.text.contains("reason=stalled") { await Task.yield() }
            client.drop()
        }
    }
}
