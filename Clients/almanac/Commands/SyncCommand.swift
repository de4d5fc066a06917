import AlmanacClient
import AlmanacDataset
import AlmanacModel
import AlmanacSync
import ArgumentParser

struct SyncCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Bring the local copy to the authority's state, and prove it.",
        discussion: """
            What was received before a cut is kept; the next sync goes on there. With --follow the connection stays open, what comes is \
            taken over as it comes, and a connection that is lost is made again.

            The command of --exec is run by /bin/sh after each verified step that moved something, one at a time, with \
            ALMANAC_SINCE (for almanac changes --since), ALMANAC_FROM and ALMANAC_TO (sequences), ALMANAC_CONTEXT and ALMANAC_REPLICA \
            (a path). What it has to be told begins where it last ended with status 0: after a failure, or when almanac was ended in \
            between, the next run is told of both steps. The local copy stays at ALMANAC_TO while it runs. It has its own process \
            group; Ctrl-C ends it by SIGTERM, and by SIGKILL the second time. It writes where almanac writes, so with --json it should \
            write JSON Lines or nothing. When it takes minutes the connection may have to be made again.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Fetch everything anew, into a new file.")
    var full = false

    @Flag(help: "Stay connected, and take over what comes.")
    var follow = false

    @Option(help: ArgumentHelp("With --follow: what to run after each verified step.", valueName: "command"))
    var exec: String?

    @Flag(help: "Say what would move, and change nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Stop after about so many bytes, as in 10MB; what came is kept, and the next sync goes on. Exit status 3.",
            valueName: "size"))
    var maxBytes: String?

    @Option(
        help: ArgumentHelp(
            "Append the secrets of the connections to a file, for Wireshark: whoever has it reads the traffic.", valueName: "file"
        ))
    var keyLog: String?

    private var limit: ByteCount? { maxBytes.flatMap { ByteCount($0) } }

    func validate() throws {
        if exec != nil, !follow { throw ValidationError("--exec belongs to --follow.") }
        if follow, dryRun || maxBytes != nil {
            throw ValidationError("--follow goes on: it takes neither --dry-run nor --max-bytes.")
        }
        if dryRun, maxBytes != nil { throw ValidationError("--dry-run moves nothing: it takes no --max-bytes.") }
        if maxBytes != nil, (limit ?? .zero) == .zero {
            throw ValidationError("--max-bytes takes a number of bytes above zero, such as 500000, 10MB or 1.5GiB.")
        }
    }

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let interruption = Interruption()
        let signals = InterruptSignal(interruption)
        defer { withExtendedLifetime(signals) {} }
        guard !dryRun else { return try await forecast(context, interruption, console) }
        let progress = ProgressLine(console, context.name, tellsStages: !follow)
        defer { progress.finish() }
        let session = SyncSession(
            context, interruption: interruption, views: AnswerViews.all, keyLog: try keyLog.map(KeyLogFile.init),
            report: { progress.show($0) })
        guard !follow else { return try await self.follow(session, context, interruption, progress, console) }
        do {
            let summary = try await session.run(full: full, limit: limit)
            progress.finish()
            let notices = NoticeReport(context, console)
            let ending = try context.ending(of: summary)
            // A summary ends what programs read.
            if console.isJSON { notices.tell() }
            try SyncReport(context, console).tell(summary, ending)
            if !console.isJSON { notices.tell() }
            for line in ending.lines { console.warn(line) }
            if ending.status != .done { throw ExitCode(ending.status.rawValue) }
        } catch let reached as BudgetReached {
            progress.finish()
            try SyncReport(context, console).tell(reached)
            throw ExitCode(ExitStatus.partlyDone.rawValue)
        }
    }

    /// Never returns: to be told to stop is how it ends.
    private func follow(
        _ session: SyncSession, _ context: Context, _ interruption: Interruption, _ progress: ProgressLine, _ console: Console
    ) async throws {
        let steps = StepReport(context, console, command: exec.map { FedCommand($0, of: context, interruption) })
        do {
            try await session.follow(full: full) { summary in
                progress.finish()
                try await steps.tell(summary)
            }
        } catch SessionFailure.interrupted {
            progress.finish()
            try steps.tellEnd()
            throw ExitCode(ExitStatus.interrupted.rawValue)
        }
    }

    private func forecast(_ context: Context, _ interruption: Interruption, _ console: Console) async throws {
        let forecast = try await ForecastSession(context, interruption: interruption).nextSync(full: full)
        try ForecastReport(context, console).tell(forecast)
    }

    /// No credential expires in silence.
    static func warn(_ context: Context, _ console: Console) {
        let days = context.certificateDays(now: SystemClock.now())
        guard days < ReplicaStatus.warningDays else { return }
        console.warn(
            days < 0
                ? "the certificate has ended: ask for a new invitation" : "the certificate ends in \(Words.count(days, "day"))")
    }
}
