import AlmanacModel
import AlmanacWire
import Glibc
import NIOCore
import NIOPosix
import Testing

@testable import AlmanacServer

/// Peers that hold connections with next to no bytes.
@Suite struct DribbleTests {
    /// A connection on which TLS never gets anywhere.
    private func halfOpen(_ server: TestServer, saying bytes: [UInt8]) async throws -> any Channel {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: server.port).get()
        if !bytes.isEmpty { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }
        return channel
    }

    /// One byte after the other, until the server has had enough.
    private func dribble(_ bytes: [UInt8], every pause: TimeAmount, into channel: any Channel) {
        let position = NIOLoopBoundBox.makeBoxSendingValue(0, eventLoop: channel.eventLoop)
        channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: pause) { task in
            guard channel.isActive, position.value < bytes.count else { return task.cancel() }
            channel.writeAndFlush(ByteBuffer(bytes: [bytes[position.value]]), promise: nil)
            position.value += 1
        }
    }

    /// By then the socket does not know it any more.
    @Test func theLogNamesThePeerOfAConnectionThatWasReset() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let channel = try await halfOpen(server, saying: [0x16, 3, 1])
            try await server.wait { $0.handshakes == 1 }
            try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            try await channel.close()
            try await server.wait { $0.handshakes == 0 }
            let line = server.log.text.split(separator: "\n").first { $0.contains("a handshake failed") }
            #expect(line?.contains("peer=127.0.0.1:") == true, "\(line ?? "")")
        }
    }

    @Test func threat5_hundredsOfDribblersDoNotKeepAGoodOneFromSyncing() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try dataset.importPackage([PullTests.cities], open: ["*"])
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) {
            $0.limits.connectionsPerAddress = 1_000
            $0.limits.handshakes = 4_096
            // Longer than any machine needs.
            $0.handshakeTimeout = .seconds(3_600)
            $0.messageTimeout = .seconds(3_600)
        } _: { server in
            var channels: [any Channel] = []
            // The beginning of a client hello of 512 bytes.
            let record: [UInt8] = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3] + [UInt8](repeating: 1, count: 200)
            for number in 0..<300 {
                let channel = try await halfOpen(server, saying: [])
                if number.isMultiple(of: 2) { dribble(record, every: .milliseconds(50), into: channel) }
                channels.append(channel)
            }
            var dribblers: [TestClient] = []
            for _ in 0..<50 {
                let client = try await server.open(device)
                try await client.send(bytes: [0, 0, 0, 9])
                dribblers.append(client)
            }
            try await server.wait { $0.handshakes == 300 }
            let pulled = try await server.open(device).pullAll()
            #expect(pulled.windows.flatMap(\.changes).count > 500)
            for client in dribblers { client.drop() }
            for channel in channels { try? await channel.close() }
            try await server.wait { $0.handshakes <= 0 }
        }
    }

    @Test func threat5_halfOpenConnectionsAreCutOffAndLeaveNothingBehind() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) {
            $0.limits.handshakes = 800
            $0.handshakeTimeout = .milliseconds(500)
        } _: { server in
            var channels: [any Channel] = []
            for _ in 0..<100 { channels.append(try await halfOpen(server, saying: [0x16, 3, 1])) }
            for channel in channels { try await channel.closeFuture.get() }
            try await server.wait { $0.connections == 0 }
            #expect(try await server.status().handshakes == 0)
            #expect(try await server.status().handshakesFailed == 100)
            try await server.open(device).pullAll()
            #expect(server.log.text.contains("debug a handshake failed"))
        }
    }

    @Test func whatIsNoTLSIsCountedAndLogged() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let channel = try await halfOpen(server, saying: Array("GET / HTTP/1.1\r\n\r\n".utf8))
            try await channel.closeFuture.get()
            try await server.wait { $0.handshakesFailed >= 1 }
            #expect(server.log.text.contains("does not speak TLS"))
        }
    }
}
