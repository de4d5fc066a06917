import AlmanacTransport
import NIOCore
import NIOPosix
import Testing

@Suite(.timeLimit(.minutes(20)))
struct SocketTests {
    let authority: TestAuthority

    init() async throws { authority = try await TestAuthority.shared }

    @Test func bothSidesTalkAndPartInGoodOrder() async throws {
        let listener = try await TestListener(authority.serverContext())
        var client = try await TestListener.connect(listener.port, authority.clientContext(authority.client))
        var server = try await listener.accept()
        try await client.send("ping")
        #expect(try await server.bytes(4) == Array("ping".utf8))
        try await server.send("pong")
        #expect(try await client.bytes(4) == Array("pong".utf8))
        #expect(server.seen.first == .completed(authority.client.presented(isExpired: false)))
        try await client.channel.close()
        #expect(await client.rest() == [.inactive])
        #expect(await server.rest() == [.inactive])
        try await listener.channel.close()
    }

    @Test func smallFramesDoNotWait() async throws {
        let listener = try await TestListener(authority.serverContext())
        let client = try await TestListener.connect(listener.port, authority.clientContext())
        let server = try await listener.accept()
        for peer in [client, server] {
            // What is set at the level of sockets under TCP_NODELAY's number needs a privilege.
            #expect(try await peer.channel.getOption(.tcpOption(.tcp_nodelay)).get() != 0)
        }
        try await client.channel.close()
        try await server.channel.closeFuture.get()
        try await listener.channel.close()
    }

    @Test func halfAConnectionMayGoOn() async throws {
        let listener = try await TestListener(authority.serverContext(), allowsHalfClosure: true)
        var client = try await TestListener.connect(listener.port, authority.clientContext())
        var server = try await listener.accept()
        try await client.send("a question")
        try await client.channel.close(mode: .output)
        await #expect(throws: (any Error).self) { try await client.send("too late") }
        #expect(try await server.bytes(10) == Array("a question".utf8))
        #expect(try await server.next() == .inputClosed)
        try await server.send("an answer")
        #expect(try await client.bytes(9) == Array("an answer".utf8))
        try await server.channel.close()
        #expect(await client.rest() == [.inactive])
        #expect(await server.rest() == [.inactive])
        try await listener.channel.close()
    }

    @Test func tenMegabytesGoBothWaysAndWaitForASlowReader() async throws {
        let byteCount = 10_000_000
        let serverBulk = BulkTransfer(byteCount: byteCount, seed: 1, expecting: 2)
        let clientBulk = BulkTransfer(byteCount: byteCount, seed: 2, expecting: 1)
        let accepted = AsyncStream.makeStream(of: (any Channel).self)
        let listener = try await AlmanacListener.bind(
            host: "127.0.0.1", port: 0, context: authority.serverContext(), group: MultiThreadedEventLoopGroup.singleton
        ) { channel in
            accepted.continuation.yield(channel)
            return channel.setOption(.autoRead, value: false).flatMap { channel.pipeline.addHandler(serverBulk.makeHandler()) }
        }
        let client = try await AlmanacConnector.connect(
            host: "127.0.0.1", port: listener.localAddress?.port ?? 0, context: authority.clientContext(),
            group: MultiThreadedEventLoopGroup.singleton
        ) { $0.pipeline.addHandler(clientBulk.makeHandler()) }
        var iterator = accepted.stream.makeAsyncIterator()
        let server = try #require(await iterator.next())

        await clientBulk.isHeldBack()
        #expect(serverBulk.receivedCount < 1_000_000, "the server does not read yet")
        try await server.setOption(.autoRead, value: true).get()
        #expect(await clientBulk.end() == .init(receivedCount: byteCount, isIntact: true))
        #expect(await serverBulk.end() == .init(receivedCount: byteCount, isIntact: true))
        try await client.close()
        try await server.closeFuture.get()
        try await listener.close()
    }

    @Test func aRefusedClientHearsWhy() async throws {
        let listener = try await TestListener(authority.serverContext())
        var client = try await TestListener.connect(listener.port, authority.clientContext(authority.stranger))
        var server = try await listener.accept()
        #expect(await client.rest().contains(.failed("\(TLSError.peerAlert(description: "unknown CA"))")))
        #expect(await server.rest().last == .inactive)
        try await listener.channel.close()
    }

    @Test func theWrongPinFailsTheConnect() async throws {
        let listener = try await TestListener(authority.serverContext())
        let pin = [UInt8](repeating: 0, count: 32)
        await #expect(throws: ConnectError.tls(.rootDoesNotMatchPin(found: authority.rootPin))) {
            _ = try await TestListener.connect(listener.port, authority.clientContext(pin: pin))
        }
        try await listener.channel.close()
    }

    @Test func aPortWhereNothingListensRefuses() async throws {
        let reserved = try ReservedPort()
        await #expect(throws: ConnectError.refused(host: "127.0.0.1", port: reserved.port)) {
            _ = try await TestListener.connect(reserved.port, authority.clientContext())
        }
    }

    @Test func aNameWithoutAddressIsSaid() async throws {
        let context = try authority.clientContext()
        await #expect(throws: ConnectError.nameNotFound(host: "nowhere.invalid")) {
            _ = try await AlmanacConnector.connect(
                host: "nowhere.invalid", port: 1, context: context, group: MultiThreadedEventLoopGroup.singleton
            ) { $0.eventLoop.makeSucceededVoidFuture() }
        }
    }

    @Test func aPortInUseIsSaid() async throws {
        let listener = try await TestListener(authority.serverContext())
        let context = try authority.serverContext()
        await #expect(throws: ListenError.addressInUse(host: "127.0.0.1", port: listener.port)) {
            _ = try await AlmanacListener.bind(
                host: "127.0.0.1", port: listener.port, context: context, group: MultiThreadedEventLoopGroup.singleton
            ) { $0.eventLoop.makeSucceededVoidFuture() }
        }
        try await listener.channel.close()
    }

    @Test func aServerThatSpeaksSomethingElseIsNotTLS() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { $0.pipeline.addHandler(Greeter()) }
            .bind(host: "127.0.0.1", port: 0).get()
        await #expect(throws: ConnectError.tls(.notTLS)) {
            _ = try await TestListener.connect(server.localAddress?.port ?? 0, authority.clientContext())
        }
        try await server.close()
    }

    private final class Greeter: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        func channelActive(context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\n\r\n")), promise: nil)
        }
    }
}
