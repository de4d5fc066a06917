/// Asks for the delegation chain.
public struct ChainRequest: MessagePayload {
    static let type = MessageType.chainRequest

    public init() {}

    func write(to writer: inout WireWriter) {}

    init(from reader: inout WireReader) throws(WireError) {}
}
