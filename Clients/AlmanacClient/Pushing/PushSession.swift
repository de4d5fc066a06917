import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire

/// Hands over what was written here, and keeps what the authority answers. Takes no lock: where two of them send the same, the
/// authority applies it once and answers both alike.
public struct PushSession: Sendable {
    private let context: Context
    private let interruption: Interruption
    private let keyLog: KeyLogFile?
    private let traffic: Traffic
    private let clock: @Sendable () -> Instant

    /// How a push has ended. What was answered is durable in either case, and what was not is sent again.
    public struct Outcome: Sendable {
        public let summary: PushSummary
        /// Why it did not come to its end; nil where it did.
        public let failure: (any Error)?
    }

    public init(
        _ context: Context, interruption: Interruption, keyLog: KeyLogFile? = nil,
        clock: @escaping @Sendable () -> Instant = SystemClock.now
    ) {
        self.init(context, interruption: interruption, keyLog: keyLog, traffic: Traffic(), clock: clock)
    }

    init(
        _ context: Context, interruption: Interruption, keyLog: KeyLogFile?, traffic: Traffic,
        clock: @escaping @Sendable () -> Instant
    ) {
        self.context = context
        self.interruption = interruption
        self.keyLog = keyLog
        self.traffic = traffic
        self.clock = clock
    }

    /// Pushes what waits. Connects only where something does.
    public func run() async -> Outcome {
        var summary = PushSummary.nothing
        var triesLeft = Self.tries
        while true {
            let outcome = await attempt()
            summary = summary.joined(with: outcome.summary)
            triesLeft -= 1
            guard let failure = outcome.failure else { return Outcome(summary: summary, failure: nil) }
            guard triesLeft > 0, let pause = Self.pause(after: failure) else {
                return Outcome(summary: summary, failure: failure)
            }
            do {
                try await interruption.sleep(for: pause)
            } catch {
                return Outcome(summary: summary, failure: error)
            }
        }
    }

    private static let tries = 3
    /// Nobody waits longer for a server that is busy: the next sync comes.
    private static let longestPause = Duration.seconds(5)

    /// How long to wait before another try, where the server has asked for one.
    private static func pause(after failure: any Error) -> Duration? {
        guard case SessionFailure.refused(let refusal) = failure, case .here(let pause) = refusal.retry, pause <= longestPause
        else { return nil }
        return pause
    }

    private func attempt() async -> Outcome {
        var run: PushRun?
        do {
            guard let outbox = try openIfNeeded() else { return Outcome(summary: .nothing, failure: nil) }
            defer { try? outbox.close() }
            let judge = try CheckpointJudge(context, replica: nil, keeping: .meanwhile, clock: clock)
            let key = try DeviceCredentials.load(context.paths.credentials).key
            let sheets = SheetMaker(outbox, dataset: context.settings.dataset, key: key)
            let fresh = try PushRun(outbox, dataset: context.settings.dataset, judge: judge, sheets: sheets, clock: clock)
            run = fresh
            try await push(fresh)
            return Outcome(summary: fresh.summary, failure: nil)
        } catch is ShutOut {
            // What may not be read any more the pull removes, which has the lock.
            return Outcome(summary: .nothing, failure: context.revocation)
        } catch {
            return Outcome(summary: run?.summary ?? .nothing, failure: error)
        }
    }

    private func push(_ run: PushRun) async throws {
        let link = ServerLink(context, interruption: interruption, keyLog: keyLog, keeping: .meanwhile, clock: clock)
        let connection = try await link.open(traffic: traffic)
        do {
            try await run.run(on: connection)
            await connection.close()
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Nil where nothing waits.
    private func openIfNeeded() throws -> Outbox? {
        guard try context.outboxCounts().unsettled > 0 else { return nil }
        return try context.openOutbox()
    }
}
