import AlmanacModel
import AlmanacReplica

/// What a list of changes holds, and what it cannot.
public struct ChangesSummary: Hashable, Sendable {
    public let since: AlmanacModel.Sequence
    public let to: Cursor
    /// After what to ask the next time.
    public let position: FeedPosition
    public let records: Int
    public let deletions: Int
    /// The streams that the replica holds and that count, by name.
    public let streams: [StreamName]
    /// Streams that are new here since then, or that came anew: all their records are told, and what somebody holds of them beside
    /// these is gone.
    public let whole: [StreamName]
    /// The streams that are not here any more, of which nothing is told one by one.
    public let left: [StreamName]
    /// Why the list may lack something, in whole sentences; none when it is complete.
    public let gaps: [String]

    public var isComplete: Bool { gaps.isEmpty }

    public var members: [JSONMember] {
        [
            JSONMember("since", .count(since.rawValue)), JSONMember("to", .count(to.sequence.rawValue)),
            JSONMember("position", .string(position)),
            JSONMember("epoch", .count(to.epoch.rawValue)), JSONMember("records", .count(records)),
            JSONMember("deletions", .count(deletions)), JSONMember("streams", .array(streams.map { .string($0) })),
            JSONMember("whole_streams", .array(whole.map { .string($0) })),
            JSONMember("left_streams", .array(left.map { .string($0) })), JSONMember("complete", .boolean(isComplete)),
            JSONMember("reason", gaps.isEmpty ? .null : .string(gaps.joined(separator: " "))),
        ]
    }
}
