import NIOCore

/// First in the pipeline, below TLS: turns away who is too many, before anything of theirs is read, and counts bytes.
final class EntranceHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let visit: Visit
    private let metrics: ServerMetrics

    init(_ visit: Visit, _ metrics: ServerMetrics) {
        self.visit = visit
        self.metrics = metrics
    }

    func channelActive(context: ChannelHandlerContext) {
        guard visit.enter(context.channel) else { return context.close(promise: nil) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        metrics.bytesReceived.add(unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        metrics.bytesSent.add(unwrapOutboundIn(data).readableBytes)
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        visit.leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { visit.leave() }
}
