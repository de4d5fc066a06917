/// Asks whether the other side is there.
public struct Ping: MessagePayload {
    static let type = MessageType.ping

    /// Anything; big-endian.
    public let content: UInt64

    public init(content: UInt64) { self.content = content }

    func write(to writer: inout WireWriter) { writer.fixed(content) }

    init(from reader: inout WireReader) throws(WireError) { content = try reader.fixedNumber("content of a ping") }
}

extension WireWriter {
    mutating func fixed(_ number: UInt64) {
        fixed((0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) })
    }
}

extension WireReader {
    mutating func fixedNumber(_ what: StaticString) throws(WireError) -> UInt64 {
        try fixed(8, what).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
