import AlmanacTransport
import AlmanacWire
import NIOCore
import NIOPosix

/// A connection to an authority whose TLS handshake is complete: a sequence of events, and a place to send to.
struct Connection: Sendable {
    /// For one reader; ends after the connection has.
    let events: AsyncStream<ConnectionEvent>
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let interruption: Interruption
    private let listening: Interruption.Listening

    /// How long an orderly end waits for the other side.
    private static let patience = TimeAmount.seconds(1)

    static func open(
        _ address: ServerAddress, tls: TLSContext, interruption: Interruption, traffic: Traffic = Traffic()
    ) async throws -> Connection {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let (events, continuation) = AsyncStream.makeStream(of: ConnectionEvent.self)
        do {
            let channel = try await AlmanacConnector.connect(host: address.host, port: address.port, context: tls, group: group) {
                prepare($0, continuation, traffic)
            }
            let listening = interruption.listen { continuation.yield(.interrupted) }
            return Connection(
                events: events, channel: channel, group: group, interruption: interruption, listening: listening)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private static func prepare(
        _ channel: any Channel, _ events: AsyncStream<ConnectionEvent>.Continuation, _ traffic: Traffic
    ) -> EventLoopFuture<Void> {
        channel.setOption(.autoRead, value: false).flatMapThrowing {
            try channel.pipeline.syncOperations.addHandlers(
                TrafficCounter(traffic), MessageHandler(from: .server), MessageQueue(events))
        }
    }

    func send(_ message: Message, _ exchange: ExchangeID) {
        channel.writeAndFlush(MessageHandler.Outbound(message, exchange), promise: nil)
    }

    /// A message from ``events`` has been dealt with: the next may come.
    func consumed() { channel.triggerUserOutboundEvent(MessageQueue.Command.consumed, promise: nil) }

    /// Says goodbye, and waits a little for the other side to do the same.
    func close() async {
        interruption.stopListening(listening)
        let ended = channel.eventLoop.makePromise(of: Void.self)
        let patience = channel.eventLoop.scheduleTask(in: Self.patience) { ended.succeed() }
        channel.closeFuture.whenComplete { _ in
            patience.cancel()
            ended.succeed()
        }
        channel.close(promise: nil)
        try? await ended.futureResult.get()
        try? await group.shutdownGracefully()
    }
}
