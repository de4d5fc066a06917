import NIOCore

/// The unit of all traffic: section 3 of the specification.
public struct Frame: Hashable, Sendable {
    /// Known or not.
    public let type: UInt8
    /// The sender sends no further frame in this exchange.
    public let isLast: Bool
    public let exchange: ExchangeID
    public let payload: ByteBuffer

    public init(type: UInt8, isLast: Bool, exchange: ExchangeID, payload: ByteBuffer) {
        self.type = type
        self.isLast = isLast
        self.exchange = exchange
        self.payload = payload
    }

    /// The bytes before the payload.
    public static let headerByteCount = 8

    static let lastFlag: UInt8 = 1

    /// Header and payload as they are sent.
    public var byteCount: Int { Self.headerByteCount + payload.readableBytes }

    public func write(into buffer: inout ByteBuffer) {
        buffer.reserveCapacity(minimumWritableBytes: byteCount)
        buffer.writeInteger(UInt32(clamping: payload.readableBytes))
        buffer.writeInteger(type)
        buffer.writeInteger(isLast ? Self.lastFlag : 0)
        buffer.writeInteger(exchange.rawValue)
        buffer.writeImmutableBuffer(payload)
    }
}
