import NIOCore

/// The eight bytes before a payload.
struct FrameHeader: Hashable, Sendable {
    let byteCount: UInt32
    let type: UInt8
    let flags: UInt8
    let exchange: ExchangeID

    var isLast: Bool { flags == Frame.lastFlag }

    /// Nil while the eight bytes are not there.
    init?(from buffer: inout ByteBuffer) {
        guard let (byteCount, type, flags, exchange) = buffer.readMultipleIntegers(as: (UInt32, UInt8, UInt8, UInt16).self)
        else { return nil }
        self.byteCount = byteCount
        self.type = type
        self.flags = flags
        self.exchange = ExchangeID(exchange)
    }

    /// The length as a number that is at most the cap of its type, of its sender and of what is known of the sender.
    func checkedByteCount(sender: Side, state: ReceiverState) throws(WireError) -> Int {
        guard flags & ~Frame.lastFlag == 0 else { throw .badFlags(flags) }
        var cap = Caps.unknownFrame
        if let type = MessageType(rawValue: type) {
            guard type.isSent(by: sender) else { throw .wrongDirection(type: self.type) }
            cap = type.payloadCap
        }
        if state == .beforeHello { cap = min(cap, Self.limit(of: sender)) }
        guard UInt64(byteCount) <= UInt64(cap) else { throw .tooLarge("payload of a frame", cap: cap) }
        return Int(byteCount)
    }

    /// The first frame is a hello; nothing longer can be one.
    private static func limit(of sender: Side) -> Int {
        switch sender {
        case .client: Caps.limitedFrame
        case .server: MessageType.serverHello.payloadCap
        }
    }
}
