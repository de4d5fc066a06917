import AlmanacModel
import AlmanacWire

extension ServerMachine {
    /// What is open towards a pull that goes on after its end.
    struct Follower: Sendable {
        /// Whether the head has moved since its last piece was asked for.
        var hasMoved = false
        /// Whether something was sent on which a state has not been said yet.
        var isOwed = false
        /// Whether the state that it has is to be said again.
        var isToHearAgain = false
        /// What was said last.
        var said: Said?
    }

    /// A state, and when it was signed.
    struct Said: Equatable, Sendable {
        let sequence: Sequence
        let time: Instant

        init(_ end: Complete) {
            sequence = end.checkpoint.statement.sequence
            time = end.checkpoint.statement.time
        }
    }
}
