import NIOCore
import NIOPosix

/// Accepts connections to an authority.
public enum AlmanacListener {
    /// Connections that wait to be accepted before the system turns others away.
    public static let backlog: Int32 = 256

    /// Accepts connections with one context for all of them.
    public static func bind(
        host: String, port: Int, context: TLSContext, group: any EventLoopGroup, timeouts: TLSTimeouts = TLSTimeouts(),
        onFailure: @escaping @Sendable (any Error) -> Void = { _ in },
        childInitializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) async throws -> any Channel {
        try await bind(
            host: host, port: port, context: { context }, group: group, timeouts: timeouts, onFailure: onFailure,
            childInitializer: childInitializer)
    }

    /// The listening channel; port 0 lets the system choose one (`localAddress` names it). `childInitializer` adds handlers after
    /// the ``TLSHandler`` of each connection; they see ``TLSHandshakeCompleted`` or an error before anything else.
    ///
    /// Each connection has the context that it is given when it comes, and keeps it.
    ///
    /// `onFailure` hears of connections that were lost before they had a pipeline: without a file descriptor for them, or with an
    /// option that their socket does not take. Without descriptors, accepting pauses for a second.
    public static func bind(
        host: String, port: Int, context: @escaping @Sendable () -> TLSContext, group: any EventLoopGroup,
        timeouts: TLSTimeouts = TLSTimeouts(), onFailure: @escaping @Sendable (any Error) -> Void = { _ in },
        childInitializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: backlog)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TLSHandler(context: context(), timeouts: timeouts))
                }
                .flatMap { childInitializer(channel) }
            }
        do {
            let listener = try await bootstrap.bind(host: host, port: port).get()
            // Behind what accepts.
            try await listener.pipeline.addHandler(AcceptFailureHandler(onFailure)).get()
            return listener
        } catch {
            throw ListenError(error, host: host, port: port)
        }
    }
}

private final class AcceptFailureHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = any Channel

    private let onFailure: @Sendable (any Error) -> Void

    init(_ onFailure: @escaping @Sendable (any Error) -> Void) { self.onFailure = onFailure }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { onFailure(error) }
}
