import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// What a sync has led to: the digest of every stream is the one that the authority signed.
public struct SyncSummary: Sendable {
    /// Where the replica stood; nil before the first copy.
    public let from: Cursor?
    public let to: Cursor
    /// When the authority signed that.
    public let signed: Instant
    /// The commit that came, where it was one alone and this reader may read all that it changed.
    public let commit: CommitHeader?
    /// Records and tombstones that came.
    public let changes: Int
    /// The protocol's bytes inside TLS, of all connections of this sync.
    public let received: ByteCount
    public let sent: ByteCount
    public let streams: [ReplicaState.Stream]
    /// What the replica held before, by name.
    let streamsBefore: [StreamName]
    /// Where somebody stood who knew the replica before, and stands who knows it now.
    public let feedBefore: FeedPosition
    public let feed: FeedPosition
    /// What the authority has answered meanwhile to what was written here.
    public var pushed = PushSummary.nothing
    /// Why a full copy was fetched although there was one; nil if none was needed.
    public let misfit: Misfit?

    /// Whether the head stands where it stood, and nothing has come.
    public var isUnchanged: Bool { from == to && !hasMovedRecords }
    /// Whether anything is here that was not, or is gone; not where the head alone has moved, for commits elsewhere.
    public var hasMovedRecords: Bool { changes > 0 || !joined.isEmpty || !left.isEmpty || misfit != nil }
    /// The streams that are new in a replica that was there before.
    public var joined: [StreamName] { from == nil ? [] : streams.map(\.name).filter { !streamsBefore.contains($0) } }
    /// The streams that the replica does not hold any more.
    public var left: [StreamName] {
        let names = Set(streams.map(\.name))
        return streamsBefore.filter { !names.contains($0) }
    }

    func with(_ pushed: PushSummary) -> SyncSummary {
        var summary = self
        summary.pushed = pushed
        return summary
    }

    /// Both as one.
    func followed(by next: SyncSummary) -> SyncSummary {
        SyncSummary(
            from: from, to: next.to, signed: next.signed, commit: isUnchanged ? next.commit : next.isUnchanged ? commit : nil,
            changes: changes + next.changes, received: received + next.received, sent: sent + next.sent, streams: next.streams,
            streamsBefore: streamsBefore, feedBefore: feedBefore, feed: next.feed, misfit: misfit ?? next.misfit)
    }

    public var recordCount: Int64 { streams.reduce(0) { $0 + $1.count } }
}
