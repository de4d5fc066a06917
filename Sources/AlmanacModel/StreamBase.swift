/// How far one stream is read: what a pull asks for.
public struct StreamBase: Hashable, Sendable {
    public let stream: StreamName
    /// The replica holds the stream's state of this sequence.
    public let base: Sequence
    /// Everything up to here, in the stream's order, has been received on top of the base.
    public let position: Position

    public init(stream: StreamName, base: Sequence, position: Position) {
        self.stream = stream
        self.base = base
        self.position = position
    }
}

extension StreamBase {
    /// After a window that ends there.
    public func advanced(to position: Position) -> StreamBase {
        StreamBase(stream: stream, base: base, position: position)
    }
}
