import AlmanacWire
import NIOCore

/// A user event: a frame took longer than its time from its first byte to its last.
public struct FrameTooSlow: Equatable, Sendable {}

/// Messages above, frames below: the last step between bytes and the protocol's machines.
///
/// After bytes that the specification does not allow, ``Inbound/malformed(_:)`` is passed on once and everything later is dropped;
/// whoever drives the connection answers and closes.
///
/// With a frame timeout, ``FrameTooSlow`` is fired once as a user event when a frame that has begun is not complete in time.
///
/// A server holds what comes until it has found out who the peer is: frames wait as bytes, at most ``maximumHeldByteCount``.
public final class MessageHandler: ChannelDuplexHandler {
    public typealias InboundIn = ByteBuffer
    public typealias InboundOut = Inbound
    public typealias OutboundIn = Outbound
    public typealias OutboundOut = ByteBuffer

    /// What has come.
    public enum Inbound: Equatable, Sendable {
        case message(Message, ExchangeID)
        /// A frame of an unknown type, whose payload was dropped.
        case unknown(type: UInt8, ExchangeID)
        case malformed(WireError)
    }

    /// What goes out.
    public struct Outbound: Sendable {
        public let message: Message
        public let exchange: ExchangeID

        public init(_ message: Message, _ exchange: ExchangeID) {
            self.message = message
            self.exchange = exchange
        }
    }

    /// More than this before the peer is known fails the connection.
    public static let maximumHeldByteCount = 128 * 1_024

    private var decoder: FrameDecoder
    private var isLost = false
    private var isHeld: Bool
    private var context: ChannelHandlerContext?
    private let frameTimeout: Duration?
    private var deadline: Scheduled<Void>?

    /// Decodes what this side sends; a held handler passes nothing on before ``release()``.
    public init(from sender: Side, isHeld: Bool = false, frameTimeout: Duration? = nil) {
        decoder = FrameDecoder(from: sender)
        self.isHeld = isHeld
        self.frameTimeout = frameTimeout
    }

    public func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    public func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        stopWaiting()
    }

    public func channelInactive(context: ChannelHandlerContext) {
        stopWaiting()
        context.fireChannelInactive()
    }

    /// Passes on what has come meanwhile, and from now on everything at once. On the channel's event loop.
    public func release() {
        isHeld = false
        if let context { passOn(context) }
    }

    /// The client's hello has come and it may do everything: from here on the larger caps hold. A server's hello lifts them by
    /// itself: what it sends stands right behind.
    public func liftCaps() { decoder.state = .authenticated }

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isLost else { return }
        decoder.push(unwrapInboundIn(data))
        if isHeld, decoder.bufferedByteCount > Self.maximumHeldByteCount {
            return lose(.tooLarge("first messages", cap: Self.maximumHeldByteCount), context)
        }
        passOn(context)
    }

    private func passOn(_ context: ChannelHandlerContext) {
        guard !isHeld else { return }
        do {
            while !isLost, let frame = try decoder.next() {
                stopWaiting()
                try pass(frame, context)
            }
            if decoder.isWithinFrame { waitForRest(context) }
        } catch {
            lose(error, context)
        }
    }

    /// From the first byte of a frame to its last, however many pieces there are.
    private func waitForRest(_ context: ChannelHandlerContext) {
        guard let frameTimeout, deadline == nil, !isLost else { return }
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        deadline = context.value.eventLoop.scheduleTask(in: TimeAmount(frameTimeout)) {
            context.value.fireUserInboundEventTriggered(FrameTooSlow())
        }
    }

    private func stopWaiting() {
        deadline?.cancel()
        deadline = nil
    }

    private func lose(_ error: WireError, _ context: ChannelHandlerContext) {
        isLost = true
        stopWaiting()
        context.fireChannelRead(wrapInboundOut(.malformed(error)))
    }

    private func pass(_ frame: ReceivedFrame, _ context: ChannelHandlerContext) throws(WireError) {
        switch frame {
        case .frame(let frame):
            let message = try Message.decode(frame)
            if case .serverHello = message { liftCaps() }
            context.fireChannelRead(wrapInboundOut(.message(message, frame.exchange)))
        case .unknown(let type, _, let exchange, _):
            context.fireChannelRead(wrapInboundOut(.unknown(type: type, exchange)))
        }
    }

    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let outbound = unwrapOutboundIn(data)
        let frame = outbound.message.encode(exchange: outbound.exchange)
        var buffer = context.channel.allocator.buffer(capacity: frame.byteCount)
        frame.write(into: &buffer)
        context.write(wrapOutboundOut(buffer), promise: promise)
    }
}
