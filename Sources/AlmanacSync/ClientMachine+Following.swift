import AlmanacModel
import AlmanacWire

extension ClientMachine.Pulling {
    /// The streams of the last outline, by name.
    var streams: [StreamName] { outline?.map(\.stream) ?? [] }

    /// Whether a state has been reached and nothing of the next has come.
    var isWaitingForNews: Bool { hasReached && outline == nil }

    /// What is wrong with an end, if anything.
    func flaw(of end: Complete) -> String? {
        guard let outline, end.proofs.count == outline.count else { return "the end does not have a proof for each stream" }
        guard end.checkpoint.statement.sequence >= highestHead else { return "the end lies before what was sent" }
        return nil
    }

    /// After this head has been applied: it is the base of everything that follows.
    func goingOn(from head: Sequence) -> Self {
        var next = self
        next.positions = positions.mapValues { StreamBase(stream: $0.stream, base: head, position: Position(after: head)) }
        next.highestHead = head
        next.outline = nil
        next.received = [:]
        next.hasReached = true
        return next
    }
}
