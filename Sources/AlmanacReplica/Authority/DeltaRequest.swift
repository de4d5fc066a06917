import AlmanacModel

/// What a reader asks of a store, one short snapshot at a time.
public struct DeltaRequest: Hashable, Sendable {
    /// The epoch of the bases; nil when they are all zero.
    public var epoch: Epoch?
    /// By name.
    public var streams: [StreamBase]
    /// Streams that match are read too, from base zero, as soon as they exist and may be read.
    public var patterns: [StreamPattern]
    /// The highest head that the reader has seen: the snapshot may not lie below it.
    public var highestHead: Sequence
    /// The head of the last outline; nil before the first.
    public var outlinedHead: Sequence?

    public init(epoch: Epoch?, streams: [StreamBase], patterns: [StreamPattern], highestHead: Sequence) {
        self.epoch = epoch
        self.streams = streams
        self.patterns = patterns
        self.highestHead = highestHead
    }

    /// Whether the reader's state, the highest of its bases, is that of the commit before this one.
    func lacksOneCommit(before head: Sequence) -> Bool {
        guard let cursor = streams.map(\.base).max(), cursor > .zero else { return false }
        return cursor.next == head
    }
}

/// Why a store cannot answer a request for a delta.
public enum DeltaRefusal: Error, Equatable, Sendable {
    case streamUnknown(StreamName)
    case behind(head: Sequence)
    case epochMismatch(Epoch)
    case baseTooOld(StreamName, horizon: Sequence)
}
