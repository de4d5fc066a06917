import TestSupport
import COpenSSL
import NIOCore
import NIOEmbedded
import Testing

@testable import AlmanacTransport

@Suite(.timeLimit(.minutes(20)))
struct HostileBytesTests {
    let authority: TestAuthority

    init() async throws { authority = try await TestAuthority.shared }

    static let otherProtocols =
        ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "\n"]

    static let otherRecords: [[UInt8]] = [
        [0], [0x16, 0x02], [0x15, 0x04], [0x17, 0x03, 0x03, 0, 1, 0], [0x14, 0x03, 0x03, 0, 1, 1], [0x80, 0x2e, 1, 3, 1],
    ]

    @Test(arguments: otherProtocols.map { Array($0.utf8) } + otherRecords) func whatIsNotTLSIsSaidToBe(bytes: [UInt8]) throws {
        for pieces in [[bytes], bytes.map { [$0] }] {
            for context in [try authority.serverContext(), try authority.clientContext()] {
                let endpoint = try Endpoint(context, loop: EmbeddedEventLoop())
                try endpoint.activate()
                for piece in pieces { try endpoint.receive(piece) }
                endpoint.channel.embeddedEventLoop.run()
                #expect(endpoint.recorder.tlsErrors == [.notTLS])
                #expect(endpoint.recorder.isInactive)
            }
        }
    }

    @Test func aHandshakeThatNeverEndsIsCutOff() throws {
        let endpoint = try Endpoint(authority.serverContext(), loop: EmbeddedEventLoop())
        try endpoint.activate()
        // A ClientHello that announces 131,000 bytes, in records as large as they may be.
        let record: [UInt8] = [0x16, 3, 1, 0x40, 0] + [1, 1, 0xff, 0xb8] + [UInt8](repeating: 0, count: 16_380)
        for _ in 0..<6 { try endpoint.receive(record) }
        endpoint.channel.embeddedEventLoop.run()
        #expect(endpoint.recorder.errors.count == 1)
        #expect(endpoint.recorder.isInactive)
    }

    /// The connection is cut after every single byte that either side receives.
    @Test(arguments: TLSPair.Direction.allCases)
    func aCutAtEveryByteIsAnErrorNeverAHang(direction: TLSPair.Direction) async throws {
        let length = try conversationLength(direction)
        #expect(length > 300)
        for cut in 0..<length {
            await Task.yield()
            let pair = try TLSPair(client: authority.clientContext(authority.client), server: authority.serverContext())
            pair.endpoints.forEach { $0.write("hello".utf8) }
            var left = cut
            try pair.pump { along, bytes in
                guard along == direction else { return [bytes] }
                defer { left = max(0, left - bytes.readableBytes) }
                return [bytes.getSlice(at: bytes.readerIndex, length: min(left, bytes.readableBytes)) ?? ByteBuffer()]
            }
            pair.endpoints.forEach { $0.endOfFile() }
            for endpoint in pair.endpoints {
                #expect(endpoint.recorder.tlsErrors == [.truncated], "cut \(direction) after \(cut) bytes")
                #expect(endpoint.recorder.isInactive && endpoint.recorder.late.isEmpty, "cut \(direction) after \(cut) bytes")
            }
        }
    }

    private func conversationLength(_ direction: TLSPair.Direction) throws -> Int {
        let pair = try TLSPair(client: authority.clientContext(authority.client), server: authority.serverContext())
        pair.endpoints.forEach { $0.write("hello".utf8) }
        var length = 0
        try pair.pump {
            if $0 == direction { length += $1.readableBytes }
            return [$1]
        }
        return length
    }

    /// One hostile change to one conversation: nothing traps or hangs, nobody gets a byte that was not sent, at most one error,
    /// and an end without error means that everything arrived.
    @Test(arguments: TLSPair.Direction.allCases) func mutatedRecordsNeverDeceive(direction: TLSPair.Direction) async throws {
        let server = try authority.serverContext()
        let client = try authority.clientContext(authority.client)
        for seed in 0..<3_000 as Range<UInt64> {
            await Task.yield()
            var mutation = Mutation(seed: seed, along: direction)
            let pair = try TLSPair(client: client, server: server)
            let data = [UInt8](repeating: UInt8(truncatingIfNeeded: seed), count: 20_000)
            pair.endpoints.forEach { $0.write(data) }
            try pair.pump { mutation.apply($0, $1) }
            let other = direction == .toServer ? pair.client : pair.server
            other.channel.close(promise: nil)
            try pair.pump { mutation.apply($0, $1) }
            pair.loop.advanceTime(by: .minutes(1))
            try pair.pump()
            let victim = pair.receiver(direction).recorder
            #expect(data.starts(with: victim.received), "seed \(seed) \(direction)")
            #expect(!victim.errors.isEmpty || victim.received == data, "seed \(seed) \(direction)")
            for recorder in pair.endpoints.map(\.recorder) {
                #expect(recorder.errors.count <= 1 && recorder.late.isEmpty, "seed \(seed) \(direction)")
                #expect(recorder.errors.count == recorder.tlsErrors.count, "seed \(seed) \(direction)")
                #expect(recorder.isInactive, "seed \(seed) \(direction)")
            }
        }
    }

    @Test(arguments: TLSPair.Direction.allCases) func noiseAfterAHeaderOfTLSIsAnError(direction: TLSPair.Direction) async throws {
        for seed in 0..<2_000 as Range<UInt64> {
            await Task.yield()
            var generator = SeededGenerator(seed: seed)
            let context = try direction == .toServer ? authority.serverContext() : authority.clientContext()
            let endpoint = try Endpoint(context, loop: EmbeddedEventLoop())
            try endpoint.activate()
            let body = (0..<Int.random(in: 0..<400, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let length = UInt16.random(in: 0...600, using: &generator)
            try endpoint.receive([0x16, 3, 3, UInt8(length >> 8), UInt8(length & 0xff), direction == .toServer ? 1 : 2] + body)
            endpoint.endOfFile()
            endpoint.channel.embeddedEventLoop.run()
            #expect(endpoint.recorder.tlsErrors.count == 1 && endpoint.recorder.isInactive, "seed \(seed)")
        }
    }

    @Test func aFewKeyUpdatesAreAnswered() throws {
        let (peer, server) = try connectedToEngine()
        for _ in 0..<20 { try server.receive(keyUpdate(peer)) }
        try server.receive(peer.encrypt(ByteBuffer(string: "still here"), allocator: ByteBufferAllocator()))
        #expect(server.recorder.received == Array("still here".utf8))
        #expect(server.recorder.errors.isEmpty)
    }

    @Test func aFloodOfKeyUpdatesIsCutOff() throws {
        let (peer, server) = try connectedToEngine()
        var answered = 0
        for _ in 0..<5_000 where server.channel.isActive {
            try server.receive(keyUpdate(peer))
            answered += try server.takeOutput().map(\.readableBytes).reduce(0, +)
            server.channel.embeddedEventLoop.run()
        }
        #expect(server.recorder.tlsErrors == [.protocolViolation(reason: "too many key updates")])
        #expect(answered <= TLSEngine.maximumAnswerByteCount + 200)
    }

    /// A server and a bare engine as its client, past the handshake.
    private func connectedToEngine() throws -> (TLSEngine, Endpoint) {
        let peer = try TLSEngine(context: authority.clientContext())
        let server = try Endpoint(authority.serverContext(), loop: EmbeddedEventLoop())
        try server.activate()
        var input = ByteBuffer()
        while peer.advance(&input) == .wantsMore {
            try server.receive(try #require(peer.takeOutput(ByteBufferAllocator())))
            for var piece in try server.takeOutput() { input.writeBuffer(&piece) }
        }
        try server.receive(try #require(peer.takeOutput(ByteBufferAllocator())))
        #expect(server.recorder.isComplete)
        // The ticket, which the peer can do without.
        _ = try server.takeOutput()
        return (peer, server)
    }

    private func keyUpdate(_ engine: TLSEngine) throws -> ByteBuffer {
        #expect(SSL_key_update(engine.ssl, SSL_KEY_UPDATE_REQUESTED) == 1)
        #expect(SSL_do_handshake(engine.ssl) == 1)
        return try #require(engine.takeOutput(ByteBufferAllocator()))
    }
}
