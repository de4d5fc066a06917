import NIOCore

/// What a ``FrameDecoder`` finds in the bytes.
public enum ReceivedFrame: Hashable, Sendable {
    case frame(Frame)
    /// A frame of an unknown type, whose payload was dropped; it is answered by an error on its exchange.
    case unknown(type: UInt8, isLast: Bool, exchange: ExchangeID, byteCount: Int)
}

/// Makes frames of the bytes of a connection, in whatever pieces they come.
///
/// A length is compared with its cap before anything is kept for it. After an error the connection is lost: the decoder throws
/// the same error for ever.
public struct FrameDecoder: Sendable {
    /// Caps follow it from the next header on.
    public var state: ReceiverState

    private let sender: Side
    private var buffer = ByteBuffer()
    private var stage = Stage.header

    private enum Stage {
        case header
        case payload(FrameHeader, byteCount: Int)
        case skipping(FrameHeader, remaining: Int)
        case failed(WireError)
    }

    /// Of what this side sends.
    public init(from sender: Side, state: ReceiverState = .beforeHello) {
        self.sender = sender
        self.state = state
    }

    /// How many bytes are kept because their frame is not complete, or has not been pulled.
    public var bufferedByteCount: Int { buffer.readableBytes }

    /// Whether the bytes so far end within a frame: a connection that ends now was cut.
    public var isWithinFrame: Bool {
        if case .header = stage { buffer.readableBytes > 0 } else { true }
    }

    /// Takes what came; then ``next()`` is called until it gives nil.
    public mutating func push(_ bytes: ByteBuffer) {
        var bytes = bytes
        switch stage {
        case .failed: return
        case .skipping(let header, let remaining):
            stage = .skipping(header, remaining: remaining - skip(remaining, of: &bytes))
        case .header, .payload: break
        }
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.discardReadBytes()
            buffer.writeBuffer(&bytes)
        }
    }

    /// The next frame, or nil when more bytes are needed.
    public mutating func next() throws(WireError) -> ReceivedFrame? {
        switch stage {
        case .failed(let error): throw error
        case .header:
            guard let header = FrameHeader(from: &buffer) else { return nil }
            try begin(header)
            return try next()
        case .payload(let header, let byteCount):
            guard let payload = buffer.readSlice(length: byteCount) else { return nil }
            finish()
            return .frame(Frame(type: header.type, isLast: header.isLast, exchange: header.exchange, payload: payload))
        case .skipping(let header, let remaining):
            let rest = remaining - skip(remaining, of: &buffer)
            stage = .skipping(header, remaining: rest)
            guard rest == 0 else { return nil }
            finish()
            return .unknown(
                type: header.type, isLast: header.isLast, exchange: header.exchange, byteCount: Int(header.byteCount))
        }
    }

    private mutating func begin(_ header: FrameHeader) throws(WireError) {
        do {
            let byteCount = try header.checkedByteCount(sender: sender, state: state)
            let isKnown = MessageType(rawValue: header.type) != nil
            stage = isKnown ? .payload(header, byteCount: byteCount) : .skipping(header, remaining: byteCount)
        } catch {
            stage = .failed(error)
            buffer = ByteBuffer()
            throw error
        }
    }

    /// What the frame leaves behind is not kept for the sake of the bytes before it.
    private mutating func finish() {
        stage = .header
        if buffer.readableBytes == 0 { buffer = ByteBuffer() }
    }

    private func skip(_ count: Int, of bytes: inout ByteBuffer) -> Int {
        let skipped = min(count, bytes.readableBytes)
        bytes.moveReaderIndex(forwardBy: skipped)
        return skipped
    }
}
