import AlmanacTransport
import NIOCore

/// The channel above TLS: remembers what reached it.
final class Recorder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private(set) var received: [UInt8] = []
    private(set) var largestRead = 0
    private(set) var errors: [any Error] = []
    private(set) var handshakes: [TLSHandshakeCompleted] = []
    private(set) var inputClosedCount = 0
    private(set) var readCompleteCount = 0
    private(set) var isInactive = false
    /// What came after the end, which must stay empty.
    private(set) var late: [String] = []
    var onRead: (ChannelHandlerContext) -> Void = { _ in }

    var tlsErrors: [TLSError] { errors.compactMap { $0 as? TLSError } }
    var peers: [PeerCertificate] { handshakes.map(\.peer) }
    var isComplete: Bool { !handshakes.isEmpty }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if isInactive || !errors.isEmpty { late.append("read") }
        received += bytes.readableBytesView
        largestRead = max(largestRead, bytes.readableBytes)
        onRead(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) { readCompleteCount += 1 }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if isInactive { late.append("error") }
        errors.append(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isInactive { late.append("inactive") }
        isInactive = true
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isInactive { late.append("event") }
        if let completed = event as? TLSHandshakeCompleted { handshakes.append(completed) }
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { inputClosedCount += 1 }
    }
}
