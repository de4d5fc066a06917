import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport

/// What was written here goes out beside what comes in, on a connection of its own: neither waits for the other.
extension SyncSession {
    /// Pushes while the body pulls. What the push fails at is reported, and does not fail the pull.
    func pushing<Content>(
        _ pull: () async throws -> Content
    ) async throws -> (Content, PushSummary) {
        // A connection of its own must not take the wish to stop from the pull's.
        let stop = Interruption()
        let session = PushSession(context, interruption: stop, keyLog: keyLog, traffic: traffic, clock: clock)
        async let outcome = session.run()
        do {
            let content = try await pull()
            return (content, told(await outcome))
        } catch {
            // Other failures of the pull are no reason to keep back what was written.
            if Self.isInterruption(error) { _ = stop.request() }
            _ = told(await outcome, unlike: error)
            throw error
        }
    }

    /// What the pull fails at too is not told twice.
    private func told(_ outcome: PushSession.Outcome, unlike other: (any Error)? = nil) -> PushSummary {
        if !outcome.summary.answered.isEmpty { report(.pushed(outcome.summary)) }
        guard let failure = outcome.failure, !Self.isInterruption(failure) else { return outcome.summary }
        var summary = outcome.summary
        let failed = FailureReport(failure)
        summary.failure = failed
        if other.map({ FailureReport($0).sentence }) != failed.sentence { report(.pushFailed(because: failed.sentence)) }
        return summary
    }

    private static func isInterruption(_ error: any Error) -> Bool {
        if case SessionFailure.interrupted = error { true } else { false }
    }

    /// Where the push has led beyond the pull, one more pull shows its author what became of it.
    func completed(
        _ first: SyncSummary, _ pushed: PushSummary, _ link: ServerLink, _ budget: TransferBudget
    ) async throws -> SyncSummary {
        var pushed = pushed
        if settle(at: first) > 0 { pushed = pushed.joined(with: try await pushing {}.1) }
        guard let reached = pushed.reached, first.to.isBefore(reached) else { return first.with(pushed) }
        let second: SyncSummary
        do {
            second = try await runLocked(full: false, link, budget, following: nil).summary
        } catch  where FailureReport(error).status == .offline {
            // What the first pull has led to stands.
            return first.with(pushed)
        }
        let whole = first.followed(by: second).with(pushed)
        try note(whole, .guess)
        settle(at: whole)
        return whole
    }

    /// A replica that stands in a newer history sends what an older one has lost; what has long been seen need not be kept. Returns
    /// how many operations have to be sent again. What is wrong with the outbox a push tells.
    @discardableResult
    func settle(at summary: SyncSummary) -> Int { (try? settled(at: summary)) ?? 0 }

    private func settled(at summary: SyncSummary) throws -> Int {
        guard SystemFile.exists(context.paths.outbox) else { return 0 }
        let outbox = try context.openOutbox()
        defer { try? outbox.close() }
        // By the authority's clock: one here that is years ahead must not make anything look old.
        try outbox.prune(shown: summary.to, now: summary.signed)
        return try outbox.reopen(before: summary.to.epoch)
    }
}
