/// A state that a following replica can take over whole: as the end of a pull, but the exchange goes on with what comes next.
public struct Reached: MessagePayload {
    static let type = MessageType.reached

    public let end: Complete

    public init(_ end: Complete) { self.end = end }

    func write(to writer: inout WireWriter) { end.write(to: &writer) }

    init(from reader: inout WireReader) throws(WireError) { end = try Complete(from: &reader) }
}
