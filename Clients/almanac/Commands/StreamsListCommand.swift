import AlmanacClient
import AlmanacModel
import AlmanacReplica
import ArgumentParser

struct StreamsListCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the streams that may be read: which are wanted, what they hold, what adding them costs.",
        discussion: """
            The authority is asked, and nothing is fetched or changed. Entries are records and tombstones that are not here yet; bytes are \
            estimated from what earlier syncs have moved. Without the network what is here is listed (exit status 3), with --offline it \
            is not asked at all.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Do not ask the authority: what is here.")
    var offline = false

    func execute(_ console: Console) async throws {
        let chosen = try options.chosen()
        let status = try ReplicaStatus.read(chosen, now: SystemClock.now())
        let report = StreamsReport(status, console)
        guard !offline else { return try report.tell(nil) }
        let interruption = Interruption()
        let signals = InterruptSignal(interruption)
        defer { withExtendedLifetime(signals) {} }
        do {
            try report.tell(try await ForecastSession(chosen.context, interruption: interruption).everything())
        } catch {
            let failure = FailureReport(error)
            guard failure.status == .offline else { throw error }
            try report.tell(nil, missing: failure.sentence)
            throw ExitCode(ExitStatus.partlyDone.rawValue)
        }
    }
}
