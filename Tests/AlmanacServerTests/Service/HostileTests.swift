import TestSupport
import AlmanacModel
import AlmanacWire
import NIOCore
import Testing

@testable import AlmanacServer

/// Bytes that no client sends, inside good TLS: an error, the end of this connection, and no harm to others.
@Suite struct HostileTests {
    private static func header(_ length: UInt32, type: UInt8, flags: UInt8 = 0, exchange: UInt16 = 0) -> [UInt8] {
        withUnsafeBytes(of: length.bigEndian, Array.init) + [type, flags] + withUnsafeBytes(of: exchange.bigEndian, Array.init)
    }

    /// What is sent, with the code of the error that answers it.
    private static var attacks: [(name: String, bytes: [UInt8], code: ErrorCode)] {
        [
            ("four gigabytes", header(.max, type: 1), .tooLarge),
            ("two gigabytes", header(1 << 31, type: 1), .tooLarge),
            ("one byte too many for a hello", header(8_193, type: 1), .tooLarge),
            ("four gigabytes of nothing known", header(.max, type: 250), .tooLarge),
            ("a hello of the server", header(0, type: 2), .protocolViolation),
            ("a window", header(10, type: 8, exchange: 1), .protocolViolation),
            ("a complete", header(10, type: 9, flags: 1, exchange: 1), .protocolViolation),
            ("unknown flags", header(0, type: 1, flags: 0x80), .protocolViolation),
            ("an empty hello", header(0, type: 1), .protocolViolation),
            ("a hello of rubbish", header(6, type: 1) + [1, 1, 255, 255, 255, 255], .protocolViolation),
            ("a hello on an exchange", header(0, type: 1, exchange: 3), .protocolViolation),
            ("a pull before the hello", header(3, type: 6, flags: 1, exchange: 1) + [0, 0, 0], .protocolViolation),
            (
                "an enrolment in pieces", header(8_192, type: 3, flags: 1, exchange: 1) + [UInt8](repeating: 0x80, count: 8_192),
                .protocolViolation
            ),
        ]
    }

    @Test func hostileBytesGetAnErrorAndTheEnd() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            for attack in Self.attacks {
                for attacker in [device, nil] {
                    let client = try await server.connect(attacker)
                    _ = try await client.next()
                    try await client.send(bytes: attack.bytes)
                    let (message, _) = try await client.next()
                    guard case .error(let error) = message else {
                        Issue.record("\(attack.name): \(message.type)")
                        continue
                    }
                    #expect(error.code == attack.code, "\(attack.name)")
                    await client.expectClosed()
                }
            }
            try await server.open(device).pullAll()
        }
    }

    @Test func largeFramesOfOneWhoMayOnlyEnrolAreRefused() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let client = try await server.open()
            try await client.send(bytes: Self.header(8_193, type: 6, flags: 1, exchange: 1))
            try await client.expectError(.tooLarge)
            await client.expectClosed()
        }
    }

    @Test func randomBytesNeverHurtTheServer() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            for seed in 0..<60 as Range<UInt64> { try await attack(server, device, seed) }
            try await server.open(device).pullAll()
        }
    }

    /// How many chains come before the end, or the loss, of the connection.
    private func answers(of client: TestClient) async -> Int {
        var answers = 0
        while true {
            switch await client.event() {
            case .message(.delegationChain, _): answers += 1
            case .message: continue
            case .failed, .closed: return answers
            }
        }
    }

    /// Before the hello, or behind it.
    private func attack(_ server: TestServer, _ device: TestDevice, _ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let client = try await server.connect(device)
        if seed.isMultiple(of: 2) { client.send(.clientHello(try ClientHello(software: "test/1"))) }
        // A client may be cut off before it has said everything.
        try? await client.send(bytes: random.bytes(Int(random.next() % 3_000)))
        await client.close()
    }

    @Test func aFrameThatNeverEndsIsNoTroubleForOthers() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            var cut: [TestClient] = []
            for count in 0..<16 {
                let client = try await server.open(device)
                let frame = Self.header(100, type: 6, flags: 1, exchange: 1) + [UInt8](repeating: 0, count: 100)
                try await client.send(bytes: Array(frame.prefix(count * 6)))
                cut.append(client)
            }
            try await server.open(device).pullAll()
            for client in cut { await client.close() }
        }
    }

    /// Without a certificate, asking costs 8 bytes and an answer has hundreds.
    @Test func threat6OneWhoAsksAndDoesNotReadIsCutOff() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let client = try await server.open()
            try await client.setReading(false)
            let count = 60_000
            let request = Self.header(0, type: MessageType.chainRequest.rawValue, flags: 1, exchange: 1)
            client.post(bytes: [UInt8]([[UInt8]](repeating: request, count: count).joined()))
            while !server.log.text.contains("closing a connection") { await Task.yield() }
            #expect(server.log.text.contains("reason=error(busy)"))
            try? await client.setReading(true)
            let answers = await answers(of: client)
            #expect(answers < count / 2, "as many as the system buffers, and a few more")
        }
    }
}
