/// Repeats the content of a ping.
public struct Pong: MessagePayload {
    static let type = MessageType.pong

    /// The ping's.
    public let content: UInt64

    public init(answering ping: Ping) { content = ping.content }

    func write(to writer: inout WireWriter) { writer.fixed(content) }

    init(from reader: inout WireReader) throws(WireError) { content = try reader.fixedNumber("content of a pong") }
}
