import AlmanacTransport
import NIOCore
import NIOPosix
import Programs

/// Connects, completes a handshake, says goodbye, waits for the server's goodbye: so often, so many at a time.
struct Handshakes {
    private let device: EnrolledDevice
    private let port: Int

    /// What was reached.
    struct Rate: CustomStringConvertible {
        let perSecond: Double
        /// Processor time of the server and of the client, in milliseconds a handshake.
        let server: Double
        let client: Double

        var description: String {
            "\(perSecond.shown(0))/s; processor time each: server \(server.shown(2)) ms, client \(client.shown(2)) ms"
        }
    }

    init(_ device: EnrolledDevice, port: Int) {
        self.device = device
        self.port = port
    }

    func run(_ count: Int, _ parallel: Int, server: ProcessUsage) async throws -> Rate {
        // A context each, and before the clock starts: a context's second connection would continue the first one's session.
        let contexts = try (0..<count).map { _ in try device.context() }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let (spent, own) = (server.processorSeconds, ProcessUsage.own.processorSeconds)
        let began = ContinuousClock.now
        do {
            try await shake(contexts, parallel, group)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        let seconds = (ContinuousClock.now - began).seconds
        let each = { (seconds: Double) in 1_000 * seconds / Double(count) }
        let rate = Rate(
            perSecond: Double(count) / seconds, server: each(server.processorSeconds - spent),
            client: each(ProcessUsage.own.processorSeconds - own))
        try await group.shutdownGracefully()
        return rate
    }

    /// All of them, so many at a time.
    private func shake(_ contexts: [TLSContext], _ parallel: Int, _ group: MultiThreadedEventLoopGroup) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for (number, context) in contexts.enumerated() {
                if number >= parallel { try await tasks.next() }
                tasks.addTask { try await shake(context, number, group) }
            }
            try await tasks.waitForAll()
        }
    }

    private func shake(_ context: TLSContext, _ number: Int, _ group: MultiThreadedEventLoopGroup) async throws {
        let done = group.next().makePromise(of: Void.self)
        let address = try LoopbackAddress.of(client: number)
        let attempt = ClientBootstrap(group: group).bind(to: address)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(TLSHandler(context: context), Goodbye(done))
                }
            }
            .connect(host: LoopbackAddress.server, port: port)
        attempt.whenFailure { done.fail($0) }
        try await done.futureResult.get()
    }
}

/// Closes a connection once its handshake is complete.
private final class Goodbye: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let done: EventLoopPromise<Void>

    init(_ done: EventLoopPromise<Void>) { self.done = done }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let completed = event as? TLSHandshakeCompleted else { return }
        guard !completed.isResumed else { return done.fail(Resumed()) }
        context.close(promise: done)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        done.fail(error)
        context.close(promise: nil)
    }

    func handlerRemoved(context: ChannelHandlerContext) { done.fail(ChannelError.eof) }

    /// It was no full handshake.
    private struct Resumed: Error {}
}
