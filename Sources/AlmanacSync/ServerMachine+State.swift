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
        /// When the hellos had been exchanged.
        let opened: Instant
        var exchanges: [ExchangeID: Exchange] = [:]
        /// When something was last received, finished, or taken by the connection.
        var lastActivity: Instant
        /// When the connection last took or refused what was sent.
        var lastProgress: Instant
        /// The pull that was read for last: the others have their turn first.
        var lastRead = ExchangeID.connection
        /// Set when no new exchange is accepted: who said so.
        var leaving: Leaving?
        /// The pulls that go on after their end.
        var followers: [ExchangeID: Follower] = [:]
        /// When a silent follower was asked whether it is still there.
        var pinged: Instant?
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
        /// A pull that follows and has everything; it goes on when the head moves.
        case caughtUp
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
            case .waiting, .paused, .caughtUp: false
            }
        }

        /// Whether a piece of it is being read.
        var isReading: Bool {
            switch self {
            case .reading, .ending(.piece, _): true
            case .answering, .waiting, .paused, .caughtUp, .ending(.answer, _): false
            }
        }

        /// Whether its next piece can be read.
        var isToRead: Bool {
            switch self {
            case .waiting, .paused: true
            case .answering, .reading, .caughtUp, .ending: false
            }
        }

        /// Whether a pull has begun that has to be ended.
        var isPull: Bool {
            switch self {
            case .reading, .paused, .caughtUp, .ending(.piece, _): true
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
    /// When the peer has been silent for too long; nil while it waits for this side.
    func deadline(_ identity: ServerMachine.Identity) -> Instant? {
        if let pinged { return pinged.advanced(by: identity.pongTimeout) }
        return timeout(identity).map { since.advanced(by: $0) }
    }

    /// Who is not known to be a reader does not stay by saying something now and then, and who does not read does not either.
    private var since: Instant {
        guard access == .full else { return opened }
        return exchanges.values.contains(where: \.isToRead) ? lastProgress : lastActivity
    }

    /// The pull whose next piece is to be read. One at a time: so nobody has more than one piece made that he has not read, and nobody
    /// has more than one turn among all who want something read.
    var nextToRead: ExchangeID? {
        guard !exchanges.values.contains(where: \.isReading) else { return nil }
        let ready = exchanges.filter { $0.value.isToRead }.keys
        return ready.filter { $0 > lastRead }.min() ?? ready.min()
    }

    /// Whether nothing is open but pulls that wait for news.
    var isFollowing: Bool { !exchanges.isEmpty && exchanges.values.allSatisfy { $0 == .caughtUp } }

    private func timeout(_ identity: ServerMachine.Identity) -> Duration? {
        if exchanges.isEmpty || isFollowing { return identity.idleTimeout }
        return exchanges.values.contains(where: \.isAtWork) ? nil : identity.stallTimeout
    }
}
