import AlmanacModel
import AlmanacSync
import AlmanacTransport

/// Pushes what is written while an authority is followed, by whatever process, soon after it is there.
struct PushLoop: Sendable {
    let context: Context
    let keyLog: KeyLogFile?
    let traffic: Traffic
    let clock: @Sendable () -> Instant
    let report: @Sendable (SyncProgress) -> Void

    /// How often the outbox is looked at.
    private static let interval = Duration.milliseconds(400)

    /// Until there is the wish to stop.
    func run(until interruption: Interruption) async {
        var pauses = ReconnectPause()
        do {
            while true {
                let session = PushSession(context, interruption: interruption, keyLog: keyLog, traffic: traffic, clock: clock)
                let outcome = await session.run()
                if !outcome.summary.answered.isEmpty { report(.pushed(outcome.summary)) }
                guard let failure = outcome.failure else {
                    pauses = ReconnectPause()
                    try await interruption.sleep(for: Self.interval)
                    continue
                }
                if interruption.isRequested { return }
                report(.pushFailed(because: FailureReport(failure).sentence))
                try await interruption.sleep(for: pauses.next())
            }
        } catch {
            // The wish to stop is the only thing that ends the wait.
        }
    }
}
