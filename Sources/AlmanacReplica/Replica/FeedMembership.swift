import AlmanacModel

/// What a replica's streams have done since a position in its feed of changes.
public struct FeedMembership: Hashable, Sendable {
    /// Streams that are here and were not, or were gone in between, by name: all their records have to be told.
    public let whole: [StreamName]
    /// Streams that were here and are not any more, by name.
    public let left: [StreamName]
}

extension ReplicaSnapshot {
    /// What has come and gone since. A position of another file, one that a full copy has replaced, knows nothing of this one.
    public func membership(since position: FeedPosition) throws -> FeedMembership {
        let held = state.streams.map(\.name)
        guard position.sequence > .zero, try TombstoneTable.exists(in: tables.database) else {
            let short = state.streams.filter { $0.knownSince > position.sequence }
            return FeedMembership(whole: position.sequence > .zero ? short.map(\.name) : held, left: [])
        }
        let table = MembershipTable(database: tables.database)
        let file = try table.file()
        let news = try table.entries().filter { !$0.isKnown(at: position, of: file) }
        let joined = Set(news.filter(\.hasJoined).map(\.stream))
        let left = Set(news.filter { !$0.hasJoined }.map(\.stream))
        return FeedMembership(whole: held.filter(joined.contains), left: left.subtracting(held).sorted())
    }
}
