import AlmanacWire
import NIOCore

/// A frame whose head fits: bytes for the type, the exchange and the flag, then the payload.
enum MessageFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        var choices = Choices(bytes)
        let (code, head) = (choices.byte(), choices.byte())
        let type = MessageType(rawValue: code)
        let isLast = (type?.isLast ?? false) != (head & 0x40 != 0)
        let exchange = ExchangeID(UInt16(head & 0x3f))
        try check(Frame(type: code, isLast: isLast, exchange: exchange, payload: ByteBuffer(bytes: choices.remaining())))
    }

    /// What is accepted has one encoding: row 4 of what must not happen.
    static func check(_ frame: Frame) throws {
        guard let message = try? Message.decode(frame) else { return }
        let again = message.encode(exchange: frame.exchange)
        try Finding.unless(
            again == frame, "\(message.type.name) has a second encoding: \(Array(again.payload.readableBytesView))")
        if case .window(let window) = message { try WindowFuzzing.check(window) }
    }
}
