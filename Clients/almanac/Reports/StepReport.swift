import AlmanacClient
import AlmanacModel

/// What each step of a followed authority has led to: one line or one message; then the user's command.
final class StepReport {
    private let context: Context
    private let console: Console
    private let command: FedCommand?
    private var last: SyncSummary?

    init(_ context: Context, _ console: Console, command: FedCommand?) {
        self.context = context
        self.console = console
        self.command = command
    }

    func tell(_ summary: SyncSummary) async throws {
        if console.isJSON {
            try console.message("step", summary.members(context))
        } else {
            try console.line(line(summary))
        }
        // Once: it would be said again and again otherwise.
        if last == nil { SyncReport(context, console).warn(summary) }
        NoticeReport(context, console).tell()
        last = summary
        try console.flush()
        guard let ending = try await command?.run(after: summary), !ending.isSuccess else { return }
        try tell(ending, summary)
    }

    /// That it was told to stop, and where the local copy stands.
    func tellEnd() throws {
        let place = last.map { "; the local copy is at \($0.to.sequence)" } ?? ""
        if console.isJSON {
            try console.message(
                "status",
                [
                    JSONMember("stage", "stopped"), JSONMember("at", last.map { .count($0.to.sequence.rawValue) } ?? .null),
                ])
        } else {
            // Not behind the ^C that the terminal shows.
            if StandardStream.error.isTerminal { try? StandardStream.error.write([UInt8(ascii: "\n")]) }
            console.note("stopped\(place)")
        }
        try console.flush()
    }

    /// `r3 → r4  1.1 kB  ✓ verified`
    private func line(_ summary: SyncSummary) -> String {
        let to = summary.to.sequence
        let movement =
            summary.isUnchanged
            ? "\(to)  up to date" : "\(summary.from.map(\.sequence.description) ?? "r0") \(console.glyphs.arrow) \(to)"
        let joined = summary.joined.isEmpty ? "" : "  new here: \(SyncReport.list(summary.joined))"
        let left = summary.left.isEmpty ? "" : "  removed: \(SyncReport.list(summary.left))"
        let commit = summary.commit.map { "  \($0.line)" } ?? ""
        return "\(movement)  \(summary.received)\(joined)\(left)  \(console.glyphs.check) verified\(commit)"
    }

    private func tell(_ ending: StepCommand.Ending, _ summary: SyncSummary) throws {
        let sentence = "the command after \(summary.to.sequence) \(ending.words); after the next step it is told of this one too"
        guard console.isJSON else { return console.warn(sentence) }
        try console.message(
            "status",
            [
                JSONMember("stage", "command_failed"), JSONMember("to", .count(summary.to.sequence.rawValue)),
                JSONMember("reason", .string(sentence)),
            ])
        try console.flush()
    }
}

extension StepCommand.Ending {
    fileprivate var words: String {
        switch self {
        case .exited(let status): "ended with status \(status)"
        case .killed(let signal): "was ended by signal \(signal)"
        case .notStarted(let failure): "could not be started: \(failure)"
        }
    }
}
