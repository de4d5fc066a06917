import AlmanacClient
import AlmanacDataset
import AlmanacModel
import ArgumentParser

struct SyncCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Bring the local copy to the authority's state, and prove it.",
        discussion: "What was received before a cut is kept; the next sync goes on there.")

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Fetch everything anew, into a new file.")
    var full = false

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let interruption = Interruption()
        let signals = InterruptSignal(interruption)
        defer { withExtendedLifetime(signals) {} }
        let progress = ProgressLine(console, context.name)
        defer { progress.finish() }
        let summary = try await SyncSession(
            context, interruption: interruption, views: AnswerViews.all, report: { progress.show($0) }
        ).run(full: full)
        progress.finish()
        try show(summary, of: context, console)
        Self.warn(context, console)
    }

    private func show(_ summary: SyncSummary, of context: Context, _ console: Console) throws {
        guard !console.isJSON else { return try console.message("summary", summary.members(context)) }
        let to = summary.to.sequence
        let movement = "\(summary.from.map(\.sequence.description) ?? "r0") \(console.glyphs.arrow) \(to)"
        try console.line("\(context.name)  \(summary.isUnchanged ? "\(to)  up to date" : movement)   \(summary.received)")
        try console.line(
            "\(console.glyphs.check) \(Words.count(summary.recordCount, "record")) in \(Words.count(summary.streams.count, "stream")); "
                + "digest verified")
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

extension SyncSummary {
    fileprivate func members(_ context: Context) -> [JSONMember] {
        [
            JSONMember("context", .string(context.name)),
            JSONMember("epoch", .count(to.epoch.rawValue)),
            JSONMember("from", from.map { .count($0.sequence.rawValue) } ?? .null),
            JSONMember("to", .count(to.sequence.rawValue)),
            JSONMember("signed", .string(signed)),
            JSONMember("verified", true),
            JSONMember("changes", .count(changes)),
            JSONMember("records", .count(recordCount)),
            JSONMember("received_bytes", .count(received.rawValue)),
            JSONMember("sent_bytes", .count(sent.rawValue)),
            JSONMember("full_copy_because", .string(misfit)),
            JSONMember("certificate_days", .count(context.certificateDays(now: SystemClock.now()))),
        ]
    }
}
