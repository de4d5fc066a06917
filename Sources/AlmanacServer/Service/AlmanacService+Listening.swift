import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire
import Glibc
import Logging
import NIOCore
import NIOPosix

extension AlmanacService {
    /// The configured limits, as far as the process has file descriptors for them.
    func limits() -> Limits {
        var limits = settings.limits
        let room = Descriptors.roomForConnections
        if limits.connections > room {
            logger.notice("fewer connections than configured: too few file descriptors", metadata: ["connections": "\(room)"])
            limits.connections = room
        }
        return limits
    }

    /// A connection was lost before it had a pipeline.
    @Sendable func acceptFailed(_ error: any Error) {
        metrics.acceptFailures.add()
        logger.debug("a connection was not accepted", metadata: ["error": "\(error)"])
        refusals.note("connections were not accepted: \(Self.kind(error))", peer: "unknown", now: Instant(.now()))
    }

    /// One of few, so that the log counts them together.
    private static func kind(_ error: any Error) -> String {
        switch (error as? IOError)?.errnoCode {
        case EMFILE?, ENFILE?: "no file descriptor was free"
        case .some: "the system refused the socket or an option of it"
        case nil: "the connection could not be set up"
        }
    }

    func listenForMetrics(on group: any EventLoopGroup) async throws -> (any Channel)? {
        guard let port = settings.metricsPort else { return nil }
        do {
            let listener = try await MetricsListener.bind(port: port, metrics: metrics, group: group)
            logger.notice("metrics", metadata: ["address": "\(listener.localAddress?.shown ?? "?")"])
            return listener
        } catch {
            throw ListenError(error, host: MetricsListener.host, port: port)
        }
    }

    func listen(
        _ backend: Backend, identity: ServerMachine.Identity, on group: MultiThreadedEventLoopGroup
    ) async throws -> any Channel {
        let entrance = Entrance(gate: ConnectionGate(limits()), metrics: metrics, refusals: refusals)
        return try await AlmanacListener.bind(
            host: settings.host, port: settings.port, context: { [keeper = backend.keeper] in keeper.current.context },
            group: group,
            timeouts: TLSTimeouts(handshake: settings.handshakeTimeout), onFailure: acceptFailed
        ) { [connections, messageTimeout = settings.messageTimeout] channel in
            connections.add(channel)
            return channel.eventLoop.makeCompletedFuture {
                let visit = Visit(entrance)
                let messages = MessageHandler(from: .client, isHeld: true, frameTimeout: messageTimeout)
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHandler(EntranceHandler(visit, backend.metrics), position: .first)
                try pipeline.addHandlers(
                    HandshakeHandler(visit, backend.metrics, backend.logger), messages,
                    ConnectionHandler(
                        backend: backend, connections: connections, visit: visit, identity: identity, messages: messages))
            }
        }
    }

    func identity(_ head: HeadState, name: String) -> ServerMachine.Identity {
        var identity = ServerMachine.Identity(
            software: Software.server, dataset: head.dataset, epoch: head.epoch, name: name)
        identity.helloTimeout = settings.helloTimeout
        identity.idleTimeout = settings.idleTimeout
        identity.stallTimeout = settings.stallTimeout
        return identity
    }
}
