/// The client wants no more of this exchange.
public struct Cancel: MessagePayload {
    static let type = MessageType.cancel

    public init() {}

    func write(to writer: inout WireWriter) {}

    init(from reader: inout WireReader) throws(WireError) {}
}
