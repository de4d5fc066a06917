import AlmanacModel
import AlmanacWire

extension ServerMachine {
    enum State: Sendable {
        case awaitingPeer
        case awaitingHello(AccessLevel, deadline: Instant)
        case open(Open)
        case closed
    }

    /// A connection whose hellos have been exchanged.
    struct Open: Sendable {
        let access: AccessLevel
        var exchanges: [ExchangeID: Exchange] = [:]
        /// When something was last received, finished, or taken by the connection.
        var lastActivity: Instant
        /// Set when no new exchange is accepted: who said so.
        var leaving: Leaving?
    }

    /// Who ends the connection once the open exchanges have ended.
    enum Leaving: Equatable, Sendable {
        case server, client
    }

    /// What an exchange waits for.
    enum Exchange: Equatable, Sendable {
        /// The answer to a request that is answered once.
        case answering
        /// A pull that has not begun, because the connection takes nothing.
        case waiting(PullRequest)
        /// A pull whose next piece is being read.
        case reading
        /// A pull that goes on when the connection is writable.
        case paused
        /// Ended by this error, which is sent once the work that was under way is back: not before is its id free, so that nothing
        /// is taken for the answer to a later request, and nobody has more work done than exchanges are allowed.
        case ending(Work, ErrorMessage)

        /// What was under way.
        enum Work: Equatable, Sendable {
            case answer, piece
        }

        /// Whether something outside is at work for it.
        var isAtWork: Bool {
            switch self {
            case .answering, .reading, .ending: true
            case .waiting, .paused: false
            }
        }

        /// Whether a pull has begun that has to be ended.
        var isPull: Bool {
            switch self {
            case .reading, .paused, .ending(.piece, _): true
            case .answering, .waiting, .ending(.answer, _): false
            }
        }
    }

    mutating func update(_ change: (inout Open) -> Void) {
        guard case .open(var open) = state else { return }
        // Held by the variable alone while it changes, so that nothing is copied.
        state = .closed
        change(&open)
        state = .open(open)
    }
}

extension ServerMachine.Open {
    /// How long the peer may stay silent; nil while it waits for this side.
    func timeout(_ identity: ServerMachine.Identity) -> Duration? {
        if exchanges.isEmpty { return identity.idleTimeout }
        return exchanges.values.contains(where: \.isAtWork) ? nil : identity.stallTimeout
    }
}
