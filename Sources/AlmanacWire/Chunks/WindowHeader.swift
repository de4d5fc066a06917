import AlmanacModel

/// What stands before the chunks of a window.
public struct WindowHeader: Hashable, Sendable {
    public let stream: StreamName
    /// Of whole records and patches: they hold what changed after it. Below the head.
    public let base: AlmanacModel.Sequence
    /// The state that was read.
    public let head: AlmanacModel.Sequence
    /// Everything of the stream up to here has now been sent. After the base, not after the head.
    public let end: Position

    /// More than any header has.
    static let maximumByteCount = 256

    public init(
        stream: StreamName, base: AlmanacModel.Sequence, head: AlmanacModel.Sequence, end: Position
    ) throws(WireError) {
        guard base < head, head <= .max else { throw .outOfRange("head of a window") }
        guard end > Position(after: base), end.sequence <= head else { throw .outOfRange("end of a window") }
        self.stream = stream
        self.base = base
        self.head = head
        self.end = end
    }

    func write(to writer: inout WireWriter) {
        writer.string(stream.rawValue)
        writer.sequence(base)
        writer.sequence(head)
        writer.position(end)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            stream: try reader.streamName("stream of a window"), base: try reader.sequence("base of a window"),
            head: try reader.sequence("head of a window"), end: try reader.position("end of a window"))
    }
}
