import AlmanacModel

/// The sender accepts no new exchange, finishes those that are open, then closes.
public struct GoingAway: MessagePayload {
    static let type = MessageType.goingAway

    /// For people; at most 512 bytes.
    public let sentence: Text
    public let extensions: Extensions

    public init(sentence: Text, extensions: Extensions = .none) throws(WireError) {
        try requireLength(sentence, 0...Caps.sentence, "sentence")
        self.sentence = sentence
        self.extensions = extensions
        try requireFits()
    }

    func write(to writer: inout WireWriter) {
        writer.text(sentence)
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            sentence: try reader.text("sentence", cap: Caps.sentence), extensions: try Extensions(from: &reader))
    }
}
