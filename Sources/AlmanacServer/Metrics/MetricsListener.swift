import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Answers `GET /metrics` on the loopback address, by HTTP/1.1 without TLS: what it says is for this machine.
enum MetricsListener {
    static let host = "127.0.0.1"
    /// Connections at the same time; more are closed.
    static let connectionLimit = 16
    /// From connecting to the end of the answer.
    static let patience: TimeAmount = .seconds(10)

    /// The listening channel. Throws what binding throws.
    static func bind(port: Int, metrics: ServerMetrics, group: any EventLoopGroup) async throws -> any Channel {
        let open = OpenCount()
        return try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 16)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            .childChannelInitializer { channel in
                let isFree = open.enter(limit: connectionLimit)
                channel.closeFuture.whenComplete { _ in open.leave() }
                return channel.eventLoop.makeCompletedFuture {
                    guard isFree else { throw ChannelError.ioOnClosedChannel }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try channel.pipeline.syncOperations.addHandler(MetricsHandler(metrics))
                    channel.eventLoop.assumeIsolated().scheduleTask(in: patience) { channel.close(promise: nil) }
                }
            }
            .bind(host: host, port: port).get()
    }

    private final class OpenCount: Sendable {
        private let count = Atomic<Int>(0)

        func enter(limit: Int) -> Bool { count.wrappingAdd(1, ordering: .relaxed).newValue <= limit }

        func leave() { count.wrappingSubtract(1, ordering: .relaxed) }
    }
}
