import AlmanacReplica

/// What a sync has left to be done: what is said last, and how the command ends.
public struct SyncEnding: Hashable, Sendable {
    /// How many changes that were written here the authority has not answered for.
    public let unsent: Int
    /// The changes that it has refused this time, as people know them.
    public let refused: [String]
    /// How many conflicts wait for this person.
    public let conflicts: Int
    private let failure: ExitStatus?

    init(unsent: Int, refused: [String], conflicts: Int, failure: ExitStatus?) {
        self.unsent = unsent
        self.refused = refused
        self.conflicts = conflicts
        self.failure = failure
    }

    /// The first of these that is so: something signed wrongly, something unsent, something refused, conflicts.
    public var status: ExitStatus {
        if failure == .notSigned { return .notSigned }
        if unsent > 0 { return failure ?? .offline }
        if !refused.isEmpty { return .partlyDone }
        return conflicts > 0 ? .conflicts : .done
    }

    /// One line each, the most pressing one last.
    public var lines: [String] {
        var lines: [String] = []
        if conflicts > 0 { lines.append("\(Words.count(conflicts, "conflict")); both versions kept.  See: almanac conflicts") }
        if !refused.isEmpty {
            let verb = refused.count == 1 ? "was refused and is" : "were refused and are"
            lines.append(
                "\(Words.count(refused.count, "change")) \(verb) kept here: \(refused.joined(separator: ", ")).  See: almanac outbox"
            )
        }
        if unsent > 0 {
            lines.append("\(Words.count(unsent, "change")) \(unsent == 1 ? "is" : "are") safe here, not sent: almanac sync")
        }
        return lines
    }
}

extension Context {
    /// What remains after this sync.
    public func ending(of summary: SyncSummary) throws -> SyncEnding {
        let book = try outboxBook()
        return SyncEnding(
            unsent: try outboxCounts().unsettled, refused: summary.pushed.rejected.map(book.shortID),
            conflicts: try conflictCount(), failure: summary.pushed.failure?.status)
    }
}
