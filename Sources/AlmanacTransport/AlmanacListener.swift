import NIOCore
import NIOPosix

/// Accepts connections to an authority.
public enum AlmanacListener {
    /// Connections that wait to be accepted before the system turns others away.
    public static let backlog: Int32 = 256

    /// The listening channel; port 0 lets the system choose one (`localAddress` names it). `childInitializer` adds handlers after
    /// the ``TLSHandler`` of each connection; they see ``TLSHandshakeCompleted`` or an error before anything else.
    public static func bind(
        host: String, port: Int, context: TLSContext, group: any EventLoopGroup, timeouts: TLSTimeouts = TLSTimeouts(),
        childInitializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: backlog)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TLSHandler(context: context, timeouts: timeouts))
                }
                .flatMap { childInitializer(channel) }
            }
        do {
            return try await bootstrap.bind(host: host, port: port).get()
        } catch {
            throw ListenError(error, host: host, port: port)
        }
    }
}
