import AlmanacModel
import AlmanacReplica

/// What a sync has led to: the digest of every stream is the one that the authority signed.
public struct SyncSummary: Sendable {
    /// Where the replica stood; nil before the first copy.
    public let from: Cursor?
    public let to: Cursor
    /// When the authority signed that.
    public let signed: Instant
    /// Records and tombstones that came.
    public let changes: Int
    /// The protocol's bytes inside TLS, of all connections of this sync.
    public let received: ByteCount
    public let sent: ByteCount
    public let streams: [ReplicaState.Stream]
    /// Why a full copy was fetched although there was one; nil if none was needed.
    public let misfit: Misfit?

    public var isUnchanged: Bool { from == to && changes == 0 }
    public var recordCount: Int64 { streams.reduce(0) { $0 + $1.count } }
}
