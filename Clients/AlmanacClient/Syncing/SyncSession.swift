import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacWire
import Glibc

/// Brings a replica to the authority's head, and says so only after every digest has been compared with what the authority signed.
///
/// Whatever happens, the replica is what it was or what the authority signed; what was received is kept for the next try.
public struct SyncSession: Sendable {
    let context: Context
    let interruption: Interruption
    private let views: [AnswerView]
    let keyLog: KeyLogFile?
    let clock: @Sendable () -> Instant
    let report: @Sendable (SyncProgress) -> Void
    let traffic = Traffic()

    /// `views` are what the program adds to the replica for people who read it with other tools; the `keyLog` gets the secrets of the
    /// connections.
    public init(
        _ context: Context, interruption: Interruption, views: [AnswerView] = [], keyLog: KeyLogFile? = nil,
        clock: @escaping @Sendable () -> Instant = SystemClock.now,
        report: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) {
        self.context = context
        self.interruption = interruption
        self.views = views
        self.keyLog = keyLog
        self.clock = clock
        self.report = report
    }

    /// Syncs. `full` fetches everything into a new file, whatever is here. After the window that reaches `limit` it stops, if more is to
    /// come, and throws ``BudgetReached``: the next sync goes on there.
    public func run(full: Bool = false, limit: ByteCount? = nil) async throws -> SyncSummary {
        let lock = try takeLock()
        defer { withExtendedLifetime(lock) {} }
        try await renewCertificate()
        let (budget, link) = (TransferBudget(limit), link())
        let (first, pushed) = try await pushing {
            try await runLocked(full: full, link, budget, following: nil).summary
        }
        return try await completed(first, pushed, link, budget)
    }

    /// Whether there is a new one. Where none can be had the sync goes on with the old one, and says itself if that is no good.
    @discardableResult
    func renewCertificate() async throws -> Bool {
        do {
            guard let end = try await CertificateRenewal(context, interruption: interruption, clock: clock).runIfDue() else {
                return false
            }
            report(.certificateRenewed(until: end))
            return true
        } catch SessionFailure.interrupted {
            throw SessionFailure.interrupted
        } catch {
            let failure = FailureReport(error)
            if failure.status != .offline { report(.certificateNotRenewed(because: failure.sentence)) }
            return false
        }
    }

    func link() -> ServerLink { ServerLink(context, interruption: interruption, keyLog: keyLog, clock: clock) }

    func takeLock() throws -> FileLock { try context.takeLock() }

    typealias OnStep = (SyncSummary) async throws -> Void

    /// How a pull has ended.
    struct End {
        let summary: SyncSummary
        let server: PullRun.Server
    }

    func runLocked(
        full: Bool, _ link: ServerLink, _ budget: TransferBudget, following onStep: OnStep?
    ) async throws -> End {
        let found = try ReplicaFinding(context)
        if full || found.misfit != nil { try FileSync.remove(context.paths.spool) }
        if let misfit = found.misfit { report(.startingOver(misfit)) }
        do {
            return try await pull(
                full ? found.start.fromNothing : found.start, from: found.state, because: found.misfit, link, budget, onStep)
        } catch {
            guard let misfit = Misfit(error) else { throw error }
            return try await startOver(misfit, from: try? ReplicaFinding(context).state, link, budget, onStep)
        }
    }

    private func startOver(
        _ misfit: Misfit, from state: ReplicaState?, _ link: ServerLink, _ budget: TransferBudget, _ onStep: OnStep?
    ) async throws -> End {
        report(.startingOver(misfit))
        try FileSync.remove(context.paths.spool)
        var hasFitted = false
        let noted: OnStep? = onStep.map { onStep in
            { summary in
                hasFitted = true
                try await onStep(summary)
            }
        }
        do {
            return try await pull(
                .nothing(context.storedSubscription()), from: state, because: misfit, link, budget, noted)
        } catch {
            // What was followed after the full copy is another matter.
            guard !hasFitted, let again = Misfit(error) else { throw error }
            throw ClientError.fullCopyFailed(again.description)
        }
    }

    // MARK: One try

    private func pull(
        _ start: PullStart, from state: ReplicaState?, because misfit: Misfit?, _ link: ServerLink, _ budget: TransferBudget,
        _ onStep: OnStep?
    ) async throws -> End {
        let judge = try CheckpointJudge(context, replica: state?.checkpoint, clock: clock)
        let run = try PullRun(
            context, start: start, judge: judge, follows: onStep != nil, budget: budget, report: report)
        let connection = try await link.open(traffic: traffic)
        var at = Standing(from: state, isFull: start.base == nil, misfit: misfit)
        let end: VerifiedCompletion
        do {
            end = try await receive(run, on: connection, &at, onStep)
        } catch is ShutOut {
            await connection.close()
            try context.withdraw(now: clock())
            throw context.revocation
        } catch {
            await connection.close()
            throw (error as? BudgetReached)?.at(state?.cursor) ?? error
        }
        // Applying may take long, and a server waits for nobody.
        await connection.close()
        report(.applying)
        let (summary, _) = try await finish(run, end, at)
        try await onStep?(summary)
        return End(summary: summary, server: run.server)
    }

    /// What the next state that is received whole goes on from.
    private struct Standing {
        var from: ReplicaState?
        var isFull: Bool
        /// Why there has to be a full copy.
        var misfit: Misfit?
        /// Whether this connection has led there.
        var isReached = false

        /// Whether nothing but a newer signature of this state has come.
        func isRenewed(by completion: VerifiedCompletion, _ spool: Spool?) -> Bool {
            isReached && spool == nil && from?.cursor.sequence == completion.checkpoint.statement.sequence
                && from?.streams.map(\.name) == completion.streams.map(\.name)
        }
    }

    /// Applies every state that is reached on the way; returns the last one, which is not applied.
    private func receive(
        _ run: PullRun, on connection: Connection, _ at: inout Standing, _ onStep: OnStep?
    ) async throws -> VerifiedCompletion {
        while true {
            switch try await run.next(on: connection) {
            case .complete(let completion): return completion
            case .reached(let completion):
                let isRenewal = at.isRenewed(by: completion, run.spool)
                if !isRenewal { report(.applying) }
                let (summary, reached) = try await finish(run, completion, at)
                at = Standing(from: reached, isFull: false, misfit: nil, isReached: true)
                if !isRenewal { try await onStep?(summary) }
                try run.applied(reached, on: connection)
            }
        }
    }

    /// Applies what has come, and drops the spool.
    private func finish(
        _ run: PullRun, _ completion: VerifiedCompletion, _ at: Standing
    ) async throws -> (SyncSummary, ReplicaState) {
        let commit = try completion.commit(after: at.from?.checkpoint.statement)
        let applied = try await apply(run, completion, isFull: at.isFull)
        try FileSync.remove(context.paths.spool)
        let (received, sent) = traffic.taken()
        let summary = SyncSummary(
            from: at.from?.cursor, to: applied.state.cursor, signed: applied.state.checkpoint.statement.time,
            commit: commit, changes: applied.changes, received: received, sent: sent, streams: applied.state.streams,
            streamsBefore: at.from?.streams.map(\.name) ?? [], feedBefore: at.from?.feed ?? .start, feed: applied.state.feed,
            misfit: at.misfit)
        let measured = LastSync.Measured(entries: applied.changes, bytes: run.spool?.byteCount ?? .zero)
        try note(summary, measured)
        return (summary, applied.state)
    }

    func note(_ summary: SyncSummary, _ measured: LastSync.Measured) throws {
        guard summary.hasMovedRecords else { return }
        let earlier = try LastSync.read(context.paths.lastSync)?.measured ?? .guess
        try LastSync(
            before: summary.feedBefore, streams: summary.streamsBefore, measured: earlier.joined(with: measured)
        ).write(to: context.paths.lastSync)
    }

    private struct Applied: Sendable {
        let changes: Int
        let state: ReplicaState
    }

    private func apply(_ run: PullRun, _ completion: VerifiedCompletion, isFull: Bool) async throws -> Applied {
        let (path, now, views, leaving) = (context.paths.replica, clock(), views, run.leaving)
        let wanted = Set(completion.streams.map(\.name))
        let handover = Handover(content: run.spool)
        return try await BlockingWork.run {
            let windows = handover.content.map { AnySequence(Self.windows(of: $0, wanted)) } ?? AnySequence([])
            if isFull {
                let changes = try FirstCopy(path: path).build(windows, until: completion, now: now)
                return try Self.finish(ReplicaDatabase.open(path: path), changes, views)
            }
            let replica = try ReplicaDatabase.open(path: path)
            let changes = try replica.apply(windows, until: completion, leaving: leaving, now: now)
            return try Self.finish(replica, changes, views)
        }
    }

    /// An earlier try may have left windows of streams that are not wanted any more.
    private static func windows(
        of spool: Spool, _ wanted: Set<StreamName>
    ) -> some Swift.Sequence<Result<Window, any Error>> {
        spool.windows().lazy.filter { window in
            guard case .success(let window) = window else { return true }
            return wanted.contains(window.stream)
        }
    }

    private static func finish(_ replica: ReplicaDatabase, _ changes: Int, _ views: [AnswerView]) throws -> Applied {
        defer { try? replica.close() }
        try replica.install(views)
        return Applied(changes: changes, state: try replica.state())
    }
}
