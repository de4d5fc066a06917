import AlmanacTransport
import AlmanacWire
import NIOCore

/// A client above TLS without a replica: it takes frames apart, answers pings, and tells what it counts.
final class Follower: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What it does once the server has greeted it.
    enum Behaviour: Sendable {
        /// Has everything, and waits for news.
        case follows
        /// Asks for everything, and reads nothing of it.
        case stalls
        /// Sends what is left of a pull a byte a second.
        case dribbles
    }

    /// What it tells.
    enum Event: Sendable {
        /// A state was reached: the first, or that of a commit.
        case reached(NIODeadline)
        case refused
        case failed(any Error)
    }

    private let plan: FollowPlan
    private let behaviour: Behaviour
    private let tell: (Event) -> Void
    private var decoder = FrameDecoder(from: .server)
    private var dribbling: RepeatedTask?

    init(_ plan: FollowPlan, _ behaviour: Behaviour, tell: @escaping (Event) -> Void) {
        self.plan = plan
        self.behaviour = behaviour
        self.tell = tell
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.push(unwrapInboundIn(data))
        do {
            while let frame = try decoder.next() { take(frame, context) }
        } catch {
            errorCaught(context: context, error: error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        dribbling?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        tell(.failed(error))
        context.close(promise: nil)
    }

    private func take(_ received: ReceivedFrame, _ context: ChannelHandlerContext) {
        guard case .frame(let frame) = received else { return }
        switch MessageType(rawValue: frame.type) {
        case .serverHello: begin(context)
        case .reached: tell(.reached(.now()))
        case .ping: context.writeAndFlush(wrapOutboundOut(FollowPlan.pong(frame.payload)), promise: nil)
        case .error, .goingAway: tell(.refused)
        default: break
        }
    }

    private func begin(_ context: ChannelHandlerContext) {
        decoder.state = .authenticated
        switch behaviour {
        case .follows: context.writeAndFlush(wrapOutboundOut(plan.follow), promise: nil)
        case .stalls:
            context.writeAndFlush(wrapOutboundOut(plan.pullEverything), promise: nil)
            context.channel.setOption(.autoRead, value: false).whenComplete { _ in }
        case .dribbles:
            context.writeAndFlush(wrapOutboundOut(plan.dribble), promise: nil)
            dribble(context)
        }
    }

    /// From the payload of a message on; a pull is longer than the server waits.
    private func dribble(_ context: ChannelHandlerContext) {
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        dribbling = context.value.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
            let byte = ByteBuffer(bytes: [0])
            context.value.writeAndFlush(NIOAny(byte), promise: nil)
        }
    }
}
