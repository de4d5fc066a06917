import NIOCore
import NIOPosix

/// Passes bytes on, until so many have come from the server; then it cuts without a farewell.
final class CuttingProxy: Sendable {
    let port: Int
    private let listener: any Channel
    private let group: MultiThreadedEventLoopGroup

    init(to target: Int, cutAfter limit: Int) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        self.group = group
        listener = try await ServerBootstrap(group: group)
            .childChannelInitializer { client in
                ClientBootstrap(group: client.eventLoop).connect(host: "127.0.0.1", port: target).flatMapThrowing { server in
                    try client.pipeline.syncOperations.addHandler(Relay(to: server, limit: .max))
                    try server.pipeline.syncOperations.addHandler(Relay(to: client, limit: limit))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    func close() async {
        try? await listener.close()
        try? await group.shutdownGracefully()
    }

    private final class Relay: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let target: any Channel
        private var remaining: Int

        init(to target: any Channel, limit: Int) {
            self.target = target
            remaining = limit
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var bytes = unwrapInboundIn(data)
            guard let passed = bytes.readSlice(length: min(remaining, bytes.readableBytes)) else { return }
            remaining -= passed.readableBytes
            target.writeAndFlush(passed, promise: nil)
            if remaining == 0 {
                target.close(promise: nil)
                context.close(promise: nil)
            }
        }

        func channelInactive(context: ChannelHandlerContext) { target.close(promise: nil) }
    }
}
