import AlmanacModel

/// Something in a replica that is not what it was.
public struct SnapshotChange: Sendable {
    public let sequence: Sequence
    public let stream: StreamName
    public let collection: CollectionID
    public let id: RecordID
    public let kind: Kind

    public enum Kind: Hashable, Sendable {
        /// The record's fields as they are now, in the schema's order; none where the schema does not explain the collection.
        case record([SnapshotValue])
        /// It has left the stream: deleted, or moved. The readable key, if it was known then.
        case deletion(key: String?)
    }
}

/// Which changes are wanted.
public struct SnapshotChangeRequest: Sendable {
    /// What has changed after this.
    public let since: Sequence
    /// Streams of which every record is wanted, however old.
    public let wholeStreams: Set<StreamName>
    /// The streams that count at all.
    public let streams: Set<StreamName>
    /// The collections that count, whether the schema explains them or not; nil for all.
    public let collections: Set<CollectionID>?

    public init(
        since: Sequence, wholeStreams: Set<StreamName>, streams: Set<StreamName>, collections: Set<CollectionID>?
    ) {
        self.since = since
        self.wholeStreams = wholeStreams
        self.streams = streams
        self.collections = collections
    }
}
