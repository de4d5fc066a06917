import AlmanacModel
import AlmanacWire

/// One connection as the server sees it: what has been said, what is open, what to do next.
///
/// No socket, clock or storage in here: everything that happens comes in through ``handle(_:now:)``, everything to be done goes out.
///
///     awaitingPeer ── opened ──▶ awaitingHello ── client_hello ──▶ open ── drain ──▶ draining
///           └────────── refused, violations, deadlines ──────────┴──────▶ closed ◀────┘
public struct ServerMachine: Sendable {
    /// What this server is, and how long it waits; the same for all its connections.
    public struct Identity: Sendable {
        public let software: String
        public let dataset: UniqueID
        public let epoch: Epoch
        public let name: String
        public var helloTimeout: Duration = .seconds(5)
        /// How long a connection without open exchanges may stay silent; without full access, how long it may last.
        public var idleTimeout: Duration = .seconds(120)
        /// How long a reader may leave what was sent unread; saying something is not reading.
        public var stallTimeout: Duration = .seconds(600)
        /// How long a silent follower has to answer a ping.
        public var pongTimeout: Duration = .seconds(30)

        public init(software: String, dataset: UniqueID, epoch: Epoch, name: String) {
            self.software = software
            self.dataset = dataset
            self.epoch = epoch
            self.name = name
        }
    }

    /// So many answers may wait for a peer that does not read; one more ends the connection.
    public static let unreadAnswerLimit = 256

    let identity: Identity
    var state = State.awaitingPeer
    var isWritable = true
    /// Sent since the connection was last writable.
    private var unreadAnswers = 0

    public init(identity: Identity) { self.identity = identity }

    /// When ``Event/tick`` has to come at the latest; nil if nothing is waited for.
    public var deadline: Instant? {
        switch state {
        case .awaitingHello(_, let deadline): deadline
        case .open(let open): open.deadline(identity)
        case .awaitingPeer, .closed: nil
        }
    }

    /// Whether the hellos have been exchanged and the peer may do everything: the larger caps hold.
    public var hasFullAccess: Bool {
        if case .open(let open) = state { open.access == .full } else { false }
    }

    /// Takes what has happened, and says what to do, in order. The time is only compared with itself: any clock that does not run
    /// backwards will do.
    public mutating func handle(_ event: Event, now: Instant) -> [Action] {
        if isClosed { return [] }
        let actions = react(to: event, now: now)
        return actions + closeIfUnread(actions)
    }

    private mutating func react(to event: Event, now: Instant) -> [Action] {
        switch event {
        case .opened(let access, let role): opened(access, role, now: now)
        case .refused(let error): close(with: error)
        case .received(let message, let exchange): received(message, on: exchange, now: now)
        case .receivedUnknown(let type, let exchange): receivedUnknown(type, on: exchange, now: now)
        case .malformed(let error): close(with: ErrorMessage(refusing: error))
        case .receivedTooSlowly:
            close(with: .refusal(.timedOut, "a message took too long to arrive", retry: .here(after: .zero)))
        case .answered(let exchange, let message): answered(exchange, message, now: now)
        case .step(let exchange, let step): stepped(exchange, step, now: now)
        case .writabilityChanged(let isWritable): writabilityChanged(isWritable, now: now)
        case .headMoved: headMoved()
        case .headRenewed: headRenewed()
        case .tick: tick(now: now)
        case .drain: drain()
        }
    }

    var isClosed: Bool { if case .closed = state { true } else { false } }

    /// A peer that asks and does not read would fill the server's memory with answers.
    private mutating func closeIfUnread(_ actions: [Action]) -> [Action] {
        guard !isWritable, !isClosed else {
            unreadAnswers = 0
            return []
        }
        for case .send in actions { unreadAnswers += 1 }
        guard unreadAnswers > Self.unreadAnswerLimit else { return [] }
        return close(with: .refusal(.busy, "too many answers wait to be read"))
    }
}
