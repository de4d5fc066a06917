import AlmanacClient
import AlmanacModel
import AlmanacReplica

/// What a sync has led to, for people and for programs.
struct SyncReport {
    private let context: Context
    private let console: Console

    init(_ context: Context, _ console: Console) {
        self.context = context
        self.console = console
    }

    func tell(_ summary: SyncSummary, _ ending: SyncEnding) throws {
        guard !console.isJSON else {
            let end = [
                JSONMember("code", .string(ending.status.name)), JSONMember("exit", .count(ending.status.rawValue)),
            ]
            return try console.message("summary", summary.members(context) + end)
        }
        let to = summary.to.sequence
        let movement = "\(summary.from.map(\.sequence.description) ?? "r0") \(console.glyphs.arrow) \(to)"
        // What is not sent is not up to date.
        let standing = ending.unsent == 0 ? "\(to)  up to date" : "\(to)  nothing new"
        try console.line("\(context.name)  \(summary.isUnchanged ? standing : movement)   \(summary.received)")
        if let commit = summary.commit { try console.line("  \(commit.line)") }
        if !summary.joined.isEmpty { try console.line("  new here: \(Self.list(summary.joined))") }
        if !summary.left.isEmpty { try console.line("  removed: \(Self.list(summary.left))") }
        if let sent = sent(summary.pushed) { try console.line("  \(sent)") }
        try console.line(
            "\(console.glyphs.check) \(Words.count(summary.recordCount, "record")) in \(Words.count(summary.streams.count, "stream")); "
                + "digest verified")
        warn(summary)
    }

    /// What became of what was written here; the reasons for what was refused are told as notices.
    private func sent(_ pushed: PushSummary) -> String? {
        guard !pushed.answered.isEmpty else { return nil }
        let refused = pushed.rejected.isEmpty ? "" : ", \(pushed.rejected.count) refused: almanac outbox"
        return "sent: \(Words.count(pushed.answered.count, "change")), \(Words.grouped(pushed.applied.count)) applied\(refused)"
    }

    /// No typing error and no credential that ends goes by in silence.
    func warn(_ summary: SyncSummary) {
        for name in missing(summary) { console.warn("there is no stream \(name), or not for this reader: nothing of it is here") }
        SyncCommand.warn(context, console)
    }

    /// Names in the subscription behind which nothing is: typing errors, often.
    private func missing(_ summary: SyncSummary) -> [StreamName] {
        let here = Set(summary.streams.map(\.name))
        let patterns = (try? context.storedSubscription())?.patterns ?? context.settings.subscription.patterns
        return patterns.compactMap { pattern in
            if case .exactly(let name) = pattern, !here.contains(name) { name } else { nil }
        }
    }

    func tell(_ reached: BudgetReached) throws {
        guard !console.isJSON else { return try console.message("summary", reached.members(context)) }
        let state = reached.cursor.map { "the local copy stays at \($0.sequence)" } ?? "there is no local copy yet"
        console.warn(
            "stopped after \(reached.fetched), as asked: \(Words.grouped(reached.received)) of \(Words.grouped(reached.announced)) entries "
                + "came and are kept; \(state).  Go on: almanac sync")
    }

    static func list(_ streams: [StreamName]) -> String { streams.map(\.rawValue).joined(separator: ", ") }
}

extension BudgetReached {
    fileprivate func members(_ context: Context) -> [JSONMember] {
        [
            JSONMember("context", .string(context.name)), JSONMember("partly_done", true), JSONMember("verified", false),
            JSONMember("at", cursor.map { .count($0.sequence.rawValue) } ?? .null),
            JSONMember("fetched_bytes", .count(fetched.rawValue)), JSONMember("received_entries", .count(received)),
            JSONMember("announced_entries", .count(announced)),
        ]
    }
}

extension SyncSummary {
    func members(_ context: Context) -> [JSONMember] {
        [
            JSONMember("context", .string(context.name)),
            JSONMember("epoch", .count(to.epoch.rawValue)),
            JSONMember("from", from.map { .count($0.sequence.rawValue) } ?? .null),
            JSONMember("to", .count(to.sequence.rawValue)),
            JSONMember("position", .string(feed)),
            JSONMember("commit", commit.map { .object($0.members) } ?? .null),
            JSONMember("signed", .string(signed)),
            JSONMember("verified", true),
            JSONMember("changes", .count(changes)),
            JSONMember("records", .count(recordCount)),
            JSONMember("joined_streams", .array(joined.map { .string($0) })),
            JSONMember("left_streams", .array(left.map { .string($0) })),
            JSONMember("received_bytes", .count(received.rawValue)),
            JSONMember("sent_bytes", .count(sent.rawValue)),
            JSONMember("full_copy_because", .string(misfit)),
            JSONMember("applied", .count(pushed.applied.count)),
            JSONMember("rejected", .count(pushed.rejected.count)),
            JSONMember("rejected_ids", .array(pushed.rejected.map { .string($0.id.description) })),
            JSONMember("push_failed", .string(pushed.failure?.sentence)),
            JSONMember("unsent", .count((try? context.outboxCounts().unsettled) ?? 0)),
            JSONMember("conflicts", .count((try? context.conflictCount()) ?? 0)),
            JSONMember("certificate_days", .count(context.certificateDays(now: SystemClock.now()))),
        ]
    }
}
