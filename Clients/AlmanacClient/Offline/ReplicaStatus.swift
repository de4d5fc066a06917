import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// Where a context stands, told without the network.
public struct ReplicaStatus: Sendable {
    public let chosen: ChosenContext
    /// Nil before the first sync.
    public let replica: ReplicaState?
    /// A verified head above the replica's, which a sync that was cut has seen.
    public let newerHead: Sequence?
    /// Whether a sync that was cut has left windows for the next one.
    public let isPullUnderWay: Bool
    /// What was written here.
    public let outbox: OutboxCounts
    /// Open ones that wait for this person.
    public let conflicts: Int
    public let now: Instant

    /// Below so many days the certificate's end is warned of.
    public static let warningDays: Int64 = 14

    public static func read(_ chosen: ChosenContext, now: Instant) throws -> ReplicaStatus {
        let paths = chosen.context.paths
        let state = try replica(of: chosen.context)
        let highest = try CheckpointMemory(path: paths.checkpoint).highest()?.statement.cursor
        let newer = highest.flatMap { highest in state.map { $0.cursor.isBefore(highest) } == true ? highest.sequence : nil }
        return ReplicaStatus(
            chosen: chosen, replica: state, newerHead: newer,
            isPullUnderWay: Spool.key(at: paths.spool) != nil, outbox: try chosen.context.outboxCounts(),
            conflicts: state == nil ? 0 : try chosen.context.conflictCount(), now: now)
    }

    /// Nil before the first sync.
    public static func replica(of context: Context) throws -> ReplicaState? {
        do {
            let replica = try ReplicaDatabase.open(path: context.paths.replica)
            defer { try? replica.close() }
            return try replica.state()
        } catch ReplicaError.missing {
            return nil
        }
    }

    /// Whether the authority has shut this device out.
    public var isRevoked: Bool { chosen.context.settings.revoked != nil }

    /// Whole days; negative when it has ended.
    public var certificateDays: Int64 { chosen.context.certificateDays(now: now) }

    /// How old the replica's data is: the time since the authority signed it.
    public var age: Duration? { replica.map { now.duration(since: $0.checkpoint.statement.time) } }
}

extension Context {
    /// Whole days until the certificate ends; negative when it has ended.
    public func certificateDays(now: Instant) -> Int64 {
        // A sync may have brought a new one since the context was read.
        let until = (try? storedSettings())?.until ?? settings.until
        let seconds = until.duration(since: now).components.seconds
        return seconds >= 0 ? seconds / 86_400 : (seconds + 1) / 86_400 - 1
    }
}
