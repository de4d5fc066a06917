import AlmanacModel
import AlmanacWire

/// Where a replica stands.
public struct ReplicaState: Sendable {
    /// The checkpoint against which the last sync was verified.
    public let checkpoint: Signed<Checkpoint>
    /// Where somebody stands who has taken over everything that is here.
    public let feed: FeedPosition
    /// When the last sync ended, by this machine's clock.
    public let synced: Instant
    /// When every row was last read again and found right; nil if never.
    public let scrubbed: Instant?
    /// By name.
    public let streams: [Stream]

    /// A stream that the replica holds.
    public struct Stream: Hashable, Sendable {
        public let name: StreamName
        public let count: Int64
        public let lastChange: Sequence
        /// After this sequence the replica knows every deletion; of what went before it knows none.
        public let knownSince: Sequence
    }

    public var cursor: Cursor {
        Cursor(epoch: checkpoint.statement.epoch, sequence: checkpoint.statement.sequence)
    }
}
