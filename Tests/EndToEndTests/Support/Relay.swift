import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Stands between a client and a server, counts what the server sends, and cuts the line where it is told to.
final class Relay: Sendable {
    private struct State {
        var target = 0
        /// How many more bytes of the server's pass before the line is cut; nil: all.
        var budget: Int?
        var passed = 0
    }

    let port: Int
    private let state: NIOLockedValueBox<State>
    private let listener: any Channel
    private static let group = MultiThreadedEventLoopGroup.singleton

    init() async throws {
        let state = NIOLockedValueBox(State())
        self.state = state
        listener = try await ServerBootstrap(group: Self.group)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in Self.connect(client, state) }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    func close() async throws { try await listener.close().get() }

    /// Where connections go from now on, and how much of the server's bytes passes before the line is cut.
    func lead(to port: Int, cutAfter budget: Int? = nil) {
        state.withLockedValue {
            $0.target = port
            $0.budget = budget
        }
    }

    /// What the server has sent through here so far.
    var passedByteCount: Int { state.withLockedValue(\.passed) }

    private static func connect(_ client: any Channel, _ state: NIOLockedValueBox<State>) -> EventLoopFuture<Void> {
        ClientBootstrap(group: client.eventLoop)
            .channelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    try server.pipeline.syncOperations.addHandler(Pass(to: client) { count in allowed(count, state) })
                }
            }
            .connect(host: "127.0.0.1", port: state.withLockedValue(\.target))
            .flatMap { server in
                client.eventLoop.makeCompletedFuture {
                    try client.pipeline.syncOperations.addHandler(Pass(to: server) { $0 })
                }
                .flatMap { client.setOption(.autoRead, value: true) }
            }
    }

    /// How many of so many bytes may pass.
    private static func allowed(_ count: Int, _ state: NIOLockedValueBox<State>) -> Int {
        state.withLockedValue { state in
            let allowed = min(count, state.budget ?? count)
            state.budget = state.budget.map { $0 - allowed }
            state.passed += allowed
            return allowed
        }
    }

    /// One direction.
    private final class Pass: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let other: any Channel
        private let allowed: (Int) -> Int

        init(to other: any Channel, allowed: @escaping (Int) -> Int) {
            self.other = other
            self.allowed = allowed
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var buffer = unwrapInboundIn(data)
            let count = allowed(buffer.readableBytes)
            let isCut = count < buffer.readableBytes
            if let passed = buffer.readSlice(length: count) { other.writeAndFlush(passed, promise: nil) }
            guard isCut else { return }
            other.close(promise: nil)
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
