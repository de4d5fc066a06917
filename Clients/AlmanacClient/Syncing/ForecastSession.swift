import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// Asks the authority what there is, and takes nothing: the pull is cancelled when its outline has come. Changes nothing here.
public struct ForecastSession: Sendable {
    private let context: Context
    private let interruption: Interruption
    private let clock: @Sendable () -> Instant

    public init(
        _ context: Context, interruption: Interruption, clock: @escaping @Sendable () -> Instant = SystemClock.now
    ) {
        self.context = context
        self.interruption = interruption
        self.clock = clock
    }

    /// Every stream that this device may read. A sync may be under way meanwhile.
    public func everything() async throws -> StreamForecast {
        let found = try ReplicaFinding(context)
        return try await ask(found) { try $0.requestOfEverything() }
    }

    /// What the next sync would move, after what an earlier one has received. Throws ``ClientError/syncing(_:)`` while one is under way.
    public func nextSync(full: Bool) async throws -> StreamForecast {
        let lock = try context.takeLock()
        defer { withExtendedLifetime(lock) {} }
        let found = try ReplicaFinding(context)
        let start = full ? found.start.fromNothing : found.start
        return try await ask(found, from: start) { start in
            guard !full, let key = Spool.key(at: context.paths.spool), start.fits(key, dataset: context.settings.dataset) else {
                return try start.request(after: nil)
            }
            return try start.request(after: Spool(path: context.paths.spool, key: key))
        }
    }

    private func ask(
        _ found: ReplicaFinding, from start: PullStart? = nil, _ request: (PullStart) throws -> PullRequest
    ) async throws -> StreamForecast {
        do {
            return try await ask(start ?? found.start, found.state, because: found.misfit, request)
        } catch let misfit as Misfit {
            return try await ask(found.start.fromNothing, found.state, because: misfit) { try $0.request(after: nil) }
        }
    }

    private func ask(
        _ start: PullStart, _ state: ReplicaState?, because misfit: Misfit?, _ request: (PullStart) throws -> PullRequest
    ) async throws -> StreamForecast {
        let judge = try CheckpointJudge(context, replica: state?.checkpoint, keeping: .meanwhile, clock: clock)
        let run = try OutlineRun(context, start: start, request: request(start), judge: judge)
        let connection = try await ServerLink(
            context, interruption: interruption, keeping: .meanwhile, clock: clock
        ).open()
        do {
            let outline = try await run.run(on: connection)
            await connection.close()
            let measured = try LastSync.read(context.paths.lastSync)?.measured ?? .guess
            return StreamForecast(outline, start, state, measured, misfit)
        } catch {
            await connection.close()
            throw error
        }
    }
}
