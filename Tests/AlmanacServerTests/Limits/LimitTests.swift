import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacServer

/// The limits of a server that runs.
@Suite struct LimitTests {
    @Test func threat5_oneAddressHasSoManyConnections() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) {
            $0.limits.connectionsPerAddress = 3
        } _: { server in
            var clients: [TestClient] = []
            for _ in 0..<3 { clients.append(try await server.open(device)) }
            for _ in 0..<10 {
                await #expect(throws: (any Error).self) { _ = try await server.connect(device) }
            }
            await clients.removeLast().close()
            // The place is free when the server has seen the end.
            try await server.wait { $0.connections <= 2 }
            try await server.open(device).pullAll()
            let status = try await server.status()
            #expect(status.refused == 10)
            for client in clients { await client.close() }
            #expect(server.log.text.matches(of: /limits\.address are open/).count == 1)
        }
    }

    @Test func threat16_enrollingIsTriedOnlySoOften() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let secret = try dataset.invite("lea")
        try await TestServer.serving(dataset) {
            $0.limits.enrolmentsPerMinute = 4
        } _: { server in
            let wrong = try #require(InvitationSecret(bytes: [UInt8](repeating: 7, count: InvitationSecret.byteCount)))
            let client = try await server.open()
            for exchange in 1...4 as ClosedRange<UInt16> {
                client.send(.enrol(try TestDevice().request(wrong)), exchange)
                try await client.expectError(.invitationInvalid, exchange)
            }
            for exchange in 5...6 as ClosedRange<UInt16> {
                client.send(.enrol(try TestDevice().request(secret)), exchange)
                try await client.expectError(.busy, exchange)
            }
            #expect(server.log.text.matches(of: /limits\.enrolments were tried/).count == 1)
            await client.close()
        }
    }

    @Test func threat5_aMessageThatTakesTooLongEndsTheConnection() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) {
            $0.messageTimeout = .milliseconds(100)
        } _: { server in
            let client = try await server.open(device)
            try await client.send(bytes: [0, 0, 0])
            try await client.expectError(.timedOut)
            await client.expectClosed()
        }
    }

    @Test func threat5_anUnknownPeerDoesNotStayByTalking() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) {
            $0.idleTimeout = .milliseconds(300)
        } _: { server in
            let client = try await server.open()
            while true {
                client.send(.ping(Ping(content: 1)))
                guard case .message(let message, _) = await client.event() else { break }
                if case .goingAway = message { break }
            }
        }
    }
}
