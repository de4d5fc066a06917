import AlmanacModel
import NIOCore
import Synchronization

/// Counts the protocol's bytes inside TLS.
final class TrafficCounter: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let traffic: Traffic

    init(_ traffic: Traffic) { self.traffic = traffic }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        traffic.received(unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        traffic.sent(unwrapOutboundIn(data).readableBytes)
        context.write(data, promise: promise)
    }
}

/// How many bytes have gone in each direction, for everybody who asks.
final class Traffic: Sendable {
    private let counts = Mutex((received: 0, sent: 0))

    func received(_ count: Int) { counts.withLock { $0.received += count } }
    func sent(_ count: Int) { counts.withLock { $0.sent += count } }

    /// What has gone since this was last asked.
    func taken() -> (received: ByteCount, sent: ByteCount) {
        let taken = counts.withLock { counts in
            defer { counts = (0, 0) }
            return counts
        }
        return (ByteCount(taken.received), ByteCount(taken.sent))
    }
}
