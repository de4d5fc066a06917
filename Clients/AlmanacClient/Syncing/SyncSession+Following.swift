import AlmanacSync

extension SyncSession {
    /// Syncs, then stays connected and takes over what comes, one verified state after another; `onStep` hears of each. A connection
    /// that is lost is made again, after a while that grows with every failure. Returns never; throws what no waiting cures, and
    /// ``SessionFailure/interrupted``.
    public func follow(full: Bool = false, onStep: @escaping (SyncSummary) async throws -> Void) async throws {
        let lock = try takeLock()
        defer { withExtendedLifetime(lock) {} }
        let stop = Interruption()
        let loop = PushLoop(context: context, keyLog: keyLog, traffic: traffic, clock: clock, report: report)
        async let pushing: Void = loop.run(until: stop)
        do {
            try await followLocked(full: full, onStep: onStep)
        } catch {
            _ = stop.request()
            await pushing
            throw error
        }
    }

    private func followLocked(full: Bool, onStep: @escaping (SyncSummary) async throws -> Void) async throws -> Never {
        let link = link()
        var state = Following(isFull: full)
        while true {
            do {
                try await renewCertificate()
                let end = try await runLocked(full: state.isFull, link, TransferBudget(nil)) { summary in
                    state.note(summary)
                    settle(at: summary)
                    try await onStep(summary)
                }
                try await wait(after: end.server, &state)
            } catch is PullRun.SubscriptionChanged {
                continue
            } catch  where state.asksAgain(after: error) {
                continue
            } catch {
                try await wait(state.pause(after: error), because: FailureReport(error).sentence)
            }
        }
    }

    private func wait(after server: PullRun.Server, _ state: inout Following) async throws {
        switch server {
        case .isLeaving: try await wait(state.nextPause(), because: "The server is stopping.")
        case .endsPulls: try await interruption.sleep(for: Self.pollInterval)
        }
    }

    private func wait(_ length: Duration, because sentence: String) async throws {
        report(.reconnecting(after: length, because: sentence))
        try await interruption.sleep(for: length)
    }

    /// How often a server is asked that cannot be followed.
    private static let pollInterval = Duration.seconds(60)
}
