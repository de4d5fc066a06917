import AlmanacTransport
import NIOCore

/// Hands messages to plain asynchronous code, and reads on only when all of them are consumed: a server cannot fill the memory.
final class MessageQueue: ChannelDuplexHandler {
    typealias InboundIn = MessageHandler.Inbound
    typealias OutboundIn = MessageHandler.Outbound
    typealias OutboundOut = MessageHandler.Outbound

    /// Sent down the pipeline by the consumer after each message.
    enum Command: Sendable { case consumed }

    private let events: AsyncStream<ConnectionEvent>.Continuation
    private var waitingCount = 0
    private var ticks: RepeatedTask?

    init(_ events: AsyncStream<ConnectionEvent>.Continuation) { self.events = events }

    func handlerAdded(context: ChannelHandlerContext) {
        let events = events
        ticks = context.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in events.yield(.tick) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        ticks?.cancel()
        events.finish()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is TLSHandshakeCompleted { context.read() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        waitingCount += 1
        events.yield(.inbound(unwrapInboundIn(data)))
    }

    /// A read that gave no whole message.
    func channelReadComplete(context: ChannelHandlerContext) {
        if waitingCount == 0 { context.read() }
        context.fireChannelReadComplete()
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is Command else { return context.triggerUserOutboundEvent(event, promise: promise) }
        waitingCount -= 1
        if waitingCount == 0 { context.read() }
        promise?.succeed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { events.yield(.failed(error)) }

    func channelInactive(context: ChannelHandlerContext) {
        events.yield(.closed)
        context.fireChannelInactive()
    }
}
