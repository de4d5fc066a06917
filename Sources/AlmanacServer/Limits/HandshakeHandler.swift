import AlmanacTransport
import Logging
import NIOCore

/// Right above TLS: how handshakes end. One that failed goes to the log and the metrics and no further; TLS closes by itself.
final class HandshakeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let visit: Visit
    private let metrics: ServerMetrics
    private let logger: Logger

    init(_ visit: Visit, _ metrics: ServerMetrics, _ logger: Logger) {
        self.visit = visit
        self.metrics = metrics
        self.logger = logger
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let completed = event as? TLSHandshakeCompleted, visit.endHandshake() {
            metrics.handshakesCompleted.add(completed.isResumed ? "resumed" : "full")
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard visit.endHandshake() else { return context.fireErrorCaught(error) }
        metrics.handshakesFailed.add(HandshakeFailure.reason(error))
        logger.debug(
            "a handshake failed", metadata: ["error": "\(error)", "peer": "\(visit.peer)"])
        context.close(promise: nil)
    }
}

/// Names for why handshakes fail.
enum HandshakeFailure {
    static let reasons = [
        "certificate", "alert", "application_protocol", "version", "not_tls", "cut", "timeout", "protocol", "socket",
    ]

    static func reason(_ error: any Error) -> String {
        switch error as? TLSError {
        case .certificateInvalid, .rootDoesNotMatchPin, .authorityUnknown: "certificate"
        case .peerAlert: "alert"
        case .noCommonProtocol: "application_protocol"
        case .noCommonVersion: "version"
        case .notTLS: "not_tls"
        case .truncated, .ioClosed: "cut"
        case .handshakeTimeout: "timeout"
        case .protocolViolation, .tooMuchWrittenEarly: "protocol"
        case nil: "socket"
        }
    }
}
