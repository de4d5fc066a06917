import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire
import Glibc

/// Brings a replica to the authority's head, and says so only after every digest has been compared with what the authority signed.
///
/// Whatever happens, the replica is what it was or what the authority signed; what was received is kept for the next try.
public struct SyncSession: Sendable {
    private let context: Context
    private let interruption: Interruption
    private let views: [AnswerView]
    private let clock: @Sendable () -> Instant
    private let report: @Sendable (SyncProgress) -> Void
    private let traffic = Traffic()

    /// `views` are what the program adds to the replica for people who read it with other tools.
    public init(
        _ context: Context, interruption: Interruption, views: [AnswerView] = [],
        clock: @escaping @Sendable () -> Instant = SystemClock.now,
        report: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) {
        self.context = context
        self.interruption = interruption
        self.views = views
        self.clock = clock
        self.report = report
    }

    /// Syncs. `full` fetches everything into a new file, whatever is here.
    public func run(full: Bool = false) async throws -> SyncSummary {
        try SystemFile.makeDirectory(context.paths.data)
        guard let lock = try FileLock(path: context.paths.lock) else { throw ClientError.syncing(context.name) }
        defer { withExtendedLifetime(lock) {} }
        let credentials = try DeviceCredentials.load(context.paths.credentials)
        let tls = try TLSContext.client(pinnedRoot: context.settings.pin.bytes, identity: credentials.identity)
        let found = try look()
        if full || found.misfit != nil { try FileSync.remove(context.paths.spool) }
        if let misfit = found.misfit { report(.startingOver(misfit)) }
        do {
            return try await pull(full ? .nothing : found.start, from: found.state, because: found.misfit, tls)
        } catch {
            guard let misfit = Misfit(error) else { throw error }
            return try await startOver(misfit, from: found.state, tls)
        }
    }

    private func startOver(_ misfit: Misfit, from state: ReplicaState?, _ tls: TLSContext) async throws -> SyncSummary {
        report(.startingOver(misfit))
        try FileSync.remove(context.paths.spool)
        do {
            return try await pull(.nothing, from: state, because: misfit, tls)
        } catch {
            guard let again = Misfit(error) else { throw error }
            throw ClientError.fullCopyFailed(again.description)
        }
    }

    // MARK: What is here

    private struct Found {
        let state: ReplicaState?
        let start: PullStart
        let misfit: Misfit?
    }

    /// A damaged replica is replaced by a full copy; a full copy that was under way goes on.
    private func look() throws -> Found {
        do {
            let replica = try ReplicaDatabase.open(path: context.paths.replica)
            defer { try? replica.close() }
            let state = try replica.state()
            return Found(state: state, start: isFullCopyUnderWay ? .nothing : PullStart(state), misfit: nil)
        } catch ReplicaError.missing {
            return Found(state: nil, start: .nothing, misfit: nil)
        } catch {
            guard let misfit = Misfit(error) else { throw error }
            return Found(state: nil, start: .nothing, misfit: isFullCopyUnderWay ? nil : misfit)
        }
    }

    private var isFullCopyUnderWay: Bool {
        Spool.key(at: context.paths.spool).map { $0.base == .zero && $0.dataset == context.settings.dataset } ?? false
    }

    // MARK: One try

    private func pull(
        _ start: PullStart, from state: ReplicaState?, because misfit: Misfit?, _ tls: TLSContext
    ) async throws -> SyncSummary {
        let judge = try CheckpointJudge(context, replica: state?.checkpoint, clock: clock)
        let run = try PullRun(context, start: start, judge: judge, clock: clock, report: report)
        let connection = try await Connection.open(
            context.settings.address, tls: tls, interruption: interruption, traffic: traffic)
        let completion: VerifiedCompletion
        do {
            completion = try await run.run(on: connection)
            await connection.close()
        } catch {
            await connection.close()
            throw error
        }
        report(.applying)
        let applied = try await apply(run.spool, completion, isFull: start.base == nil)
        try FileSync.remove(context.paths.spool)
        return SyncSummary(
            from: state?.cursor, to: applied.state.cursor, signed: applied.state.checkpoint.statement.time,
            changes: applied.changes,
            received: traffic.received, sent: traffic.sent, streams: applied.state.streams, misfit: misfit)
    }

    private struct Applied: Sendable {
        let changes: Int
        let state: ReplicaState
    }

    private func apply(_ spool: Spool?, _ completion: VerifiedCompletion, isFull: Bool) async throws -> Applied {
        let (path, now, views) = (context.paths.replica, clock(), views)
        let handover = Handover(content: spool)
        return try await BlockingWork.run {
            let windows = handover.content.map { AnySequence($0.windows()) } ?? AnySequence([])
            if isFull {
                let changes = try FirstCopy(path: path).build(windows, until: completion, now: now)
                return try Self.finish(ReplicaDatabase.open(path: path), changes, views)
            }
            let replica = try ReplicaDatabase.open(path: path)
            let changes = try replica.apply(windows, until: completion, now: now)
            return try Self.finish(replica, changes, views)
        }
    }

    private static func finish(_ replica: ReplicaDatabase, _ changes: Int, _ views: [AnswerView]) throws -> Applied {
        defer { try? replica.close() }
        try replica.install(views)
        return Applied(changes: changes, state: try replica.state())
    }
}
