import AlmanacModel
import AlmanacReplica

/// What the authority has said of what was written here.
public struct PushSummary: Hashable, Sendable {
    /// The entries that it has answered, in order: applied or rejected.
    public private(set) var answered: [OutboxEntry] = []

    /// Why something may not have been sent; nil where nothing was in the way.
    public internal(set) var failure: FailureReport?

    public static let nothing = PushSummary()

    public var applied: [OutboxEntry] { answered.filter { $0.settled != nil } }

    public var rejected: [OutboxEntry] {
        answered.filter { if case .rejected = $0.state { true } else { false } }
    }

    /// The first state in which everything that was applied can be seen; nil where nothing was.
    public var reached: Cursor? {
        applied.compactMap { $0.settled?.cursor }.max { $0.isBefore($1) }
    }

    mutating func add(_ entries: [OutboxEntry]) { answered += entries }

    func joined(with other: PushSummary) -> PushSummary {
        var joined = self
        joined.add(other.answered)
        // The later try tells how things are.
        joined.failure = other.failure
        return joined
    }
}
