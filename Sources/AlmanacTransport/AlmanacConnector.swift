import NIOCore
import NIOPosix

/// Connects to an authority.
public enum AlmanacConnector {
    /// A channel whose TLS handshake is complete, as far as this side can know: a server that refuses our certificate says so
    /// only now, by the error ``TLSError/peerAlert(description:)`` in the pipeline.
    ///
    /// - Parameters:
    ///   - timeout: for connecting, and again for the handshake.
    ///   - initializer: adds handlers after the ``TLSHandler``; they see ``TLSHandshakeCompleted`` and all data.
    public static func connect(
        host: String, port: Int, context: TLSContext, group: any EventLoopGroup, timeout: Duration = .seconds(10),
        initializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) async throws -> any Channel {
        do {
            let attempt = try await ClientBootstrap(group: group)
                .connectTimeout(TimeAmount(timeout))
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: host, port: port) { channel in
                    prepare(channel, context, TLSTimeouts(handshake: timeout), initializer)
                }
            try await attempt.handshake.get()
            return attempt.channel
        } catch {
            throw ConnectError(error, host: host, port: port)
        }
    }

    private struct Attempt: Sendable {
        let channel: any Channel
        let handshake: EventLoopFuture<Void>
    }

    private static func prepare(
        _ channel: any Channel, _ context: TLSContext, _ timeouts: TLSTimeouts,
        _ initializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) -> EventLoopFuture<Attempt> {
        let handshake = channel.eventLoop.makePromise(of: Void.self)
        return channel.eventLoop.makeCompletedFuture {
            do {
                try channel.pipeline.syncOperations.addHandler(TLSHandler(context: context, timeouts: timeouts))
                try channel.pipeline.syncOperations.addHandler(HandshakeObserver(promise: handshake))
            } catch {
                handshake.fail(error)
                throw error
            }
        }
        .flatMap { initializer(channel) }
        .map { Attempt(channel: channel, handshake: handshake.futureResult) }
    }
}
