import NIOCore
import NIOHTTP1

/// One request, one answer, and the end of the connection. A body is not read.
final class MetricsHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let metrics: ServerMetrics
    private var isAnswered = false

    init(_ metrics: ServerMetrics) { self.metrics = metrics }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data), !isAnswered else { return }
        isAnswered = true
        switch (head.method, head.uri.prefix { $0 != "?" }) {
        case (.GET, "/metrics"): answer(.ok, PrometheusText.render(metrics.all), PrometheusText.contentType, context)
        case (_, "/metrics"): answer(.methodNotAllowed, "only GET\n", "text/plain", context)
        default: answer(.notFound, "only /metrics\n", "text/plain", context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func answer(_ status: HTTPResponseStatus, _ text: String, _ type: String, _ context: ChannelHandlerContext) {
        let body = context.channel.allocator.buffer(string: text)
        var headers = HTTPHeaders([("Content-Type", type), ("Content-Length", "\(body.readableBytes)")])
        headers.add(name: "Connection", value: "close")
        if status == .methodNotAllowed { headers.add(name: "Allow", value: "GET") }
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let sent = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        sent.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }
}
