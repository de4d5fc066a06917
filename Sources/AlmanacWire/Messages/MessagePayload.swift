import AlmanacModel

/// The content of one type of message.
protocol MessagePayload: Hashable, Sendable {
    static var type: MessageType { get }
    func write(to writer: inout WireWriter)
    init(from reader: inout WireReader) throws(WireError)
}

extension MessagePayload {
    var encoded: WireWriter {
        var writer = WireWriter()
        write(to: &writer)
        return writer
    }

    /// For payloads whose parts can be within their caps while the whole is not.
    func requireFits() throws(WireError) {
        let cap = Self.type.payloadCap
        guard encoded.bytes.count <= cap else { throw .tooLarge("payload of a message", cap: cap) }
    }
}

/// What texts of a message have in common: a cap in bytes.
func requireLength(_ text: Text, _ range: ClosedRange<Int>, _ what: StaticString) throws(WireError) {
    guard text.utf8.count <= range.upperBound else { throw .tooLarge(what, cap: range.upperBound) }
    guard text.utf8.count >= range.lowerBound else { throw .outOfRange(what) }
}
