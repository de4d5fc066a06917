import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire
import Logging
import NIOCore

/// Turns what happens on one connection into events of its ``ServerMachine``, and the machine's actions into I/O.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = MessageHandler.Inbound
    typealias OutboundOut = MessageHandler.Outbound

    let backend: Backend
    let connections: Connections
    private let visit: Visit
    let messages: MessageHandler
    var device: Device?
    let pushLane = PushLane()
    var pulls: [ExchangeID: DeltaRequest] = [:]
    var accounts: [ExchangeID: PullAccount] = [:]
    let presence = Presence()
    private var machine: ServerMachine
    private var alarm: (deadline: Instant, task: Scheduled<Void>)?
    private var context: ChannelHandlerContext?

    init(
        backend: Backend, connections: Connections, visit: Visit, identity: ServerMachine.Identity, messages: MessageHandler
    ) {
        self.visit = visit
        self.backend = backend
        self.connections = connections
        self.messages = messages
        machine = ServerMachine(identity: identity)
    }

    /// Nil once the connection is gone.
    var channel: (any Channel)? { context?.channel }

    // MARK: Events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let completed as TLSHandshakeCompleted: admit(completed, context)
        case is DrainRequest: handle(.drain)
        case is HeadMoved: handle(.headMoved)
        case is HeadRenewed: handle(.headRenewed)
        case let ended as AccessEnded: handle(.refused(ended.error))
        case is FrameTooSlow:
            backend.metrics.framesRejected.add("too_slow")
            handle(.receivedTooSlowly)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .message(let message, let exchange):
            handle(.received(message, exchange))
            if case .clientHello = message, machine.hasFullAccess { messages.liftCaps() }
        case .unknown(let type, let exchange):
            backend.metrics.framesRejected.add("unknown_type")
            handle(.receivedUnknown(type, exchange))
        case .malformed(let error):
            backend.metrics.framesRejected.add(error.name)
            handle(.malformed(error))
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        handle(.writabilityChanged(context.channel.isWritable))
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        presence.end()
        alarm?.task.cancel()
        for exchange in pulls.keys { backend.metrics.count(.endPull(exchange), of: ObjectIdentifier(self)) }
        pulls = [:]
        for account in accounts.values { account.log(.cut, device, to: backend.logger) }
        accounts = [:]
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        backend.metrics.connectionsClosed.add("failed")
        backend.logger.debug("a connection failed", metadata: ["error": "\(error)", "peer": "\(visit.peer)"])
        context.close(promise: nil)
    }

    // MARK: Actions

    /// Nothing happens once the connection is gone.
    func handle(_ event: ServerMachine.Event) {
        guard let context else { return }
        for action in machine.handle(event, now: Instant(context.eventLoop.now)) { perform(action, context) }
        context.flush()
        setAlarm(context)
    }

    private func perform(_ action: ServerMachine.Action, _ context: ChannelHandlerContext) {
        backend.metrics.count(action, of: ObjectIdentifier(self))
        switch action {
        case .send(let message, let exchange):
            write(message, exchange, context)
            if message.type.isLast { endAccount(exchange, message) }
        case .sendWindow(let window, let exchange):
            accounts[exchange]?.add(window)
            write(.window(WindowMessage(window)), exchange, context)
        case .reportWritability:
            context.flush()
            handle(.writabilityChanged(context.channel.isWritable))
        case .beginPull(let exchange, let request): beginPull(exchange, request, context)
        case .readNext(let exchange): readNext(exchange, context)
        case .readAgain(let exchange): readAgain(exchange, context)
        case .endPull(let exchange): pulls[exchange] = nil
        case .enrol(let exchange, let request): enrol(exchange, request, context)
        case .renew(let exchange, let request): renew(exchange, request, context)
        case .push(let exchange, let push): apply(exchange, push, context)
        case .delegationChain(let exchange): sendChain(exchange, context)
        case .close(let reason): close(reason, context)
        }
    }

    private func endAccount(_ exchange: ExchangeID, _ message: Message) {
        accounts.removeValue(forKey: exchange)?.log(.message(message), device, to: backend.logger)
    }

    private func write(_ message: Message, _ exchange: ExchangeID, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(MessageHandler.Outbound(message, exchange)), promise: nil)
    }

    private func close(_ reason: ServerMachine.CloseReason, _ context: ChannelHandlerContext) {
        backend.logger.debug("closing a connection", metadata: ["reason": "\(reason)", "peer": "\(visit.peer)"])
        context.flush()
        context.close(promise: nil)
    }

    // MARK: Time

    /// An alarm that comes too early changes nothing, and is cheaper than a new one at every message.
    private func setAlarm(_ context: ChannelHandlerContext) {
        guard let deadline = machine.deadline else { return }
        if let alarm, alarm.deadline <= deadline { return }
        alarm?.task.cancel()
        let delay = max(.zero, deadline.duration(since: Instant(context.eventLoop.now)))
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let task = context.eventLoop.scheduleTask(in: TimeAmount(delay)) { handler.value.ring() }
        alarm = (deadline, task)
    }

    private func ring() {
        alarm = nil
        handle(.tick)
    }
}

extension Instant {
    /// The event loop's time, which never runs backwards, as the machine's: it is only compared with itself.
    init(_ time: NIODeadline) {
        self.init(clamping: Int64(clamping: time.uptimeNanoseconds / 1_000_000))
    }
}
