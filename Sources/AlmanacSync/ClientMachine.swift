import AlmanacModel
import AlmanacWire

/// One pull as the client sees it: hello, outline, windows, the end.
///
/// No socket, clock or storage in here, and no cryptography: the checks of signatures and digests are actions.
///
///     connecting ── connected ──▶ awaitingHello ── server_hello ──▶ pulling ── complete ──▶ judging ── concluded ──▶ finished
///          └──────────── errors, violations, cuts, interruption ───────┴───────────────────────┴────────────────────▶ failed
public struct ClientMachine: Sendable {
    /// What the client knows before it connects.
    public struct Plan: Sendable {
        public let hello: ClientHello
        public let pull: PullRequest
        /// The lowest epoch that is believed; a lower one is a rollback.
        public let epoch: Epoch?
        /// How long the server may be silent.
        public var silence: Duration = .seconds(60)
        /// How long the answer to a ping may take: section 12 of the specification.
        static let patienceForPong = Duration.seconds(30)

        public init(hello: ClientHello, pull: PullRequest, epoch: Epoch?) {
            self.hello = hello
            self.pull = pull
            self.epoch = epoch
        }
    }

    /// The exchange of the pull.
    static let exchange = ExchangeID(1)
    /// The exchange of a request for the delegation chain; there is one at a time.
    static let chainExchange = ExchangeID(2)

    let plan: Plan
    var state = State.connecting
    var isChainAwaited = false
    var silentUntil: Instant?
    /// A server that says nothing while it is followed is asked once whether it is there.
    var isServerAsked = false

    enum State: Sendable {
        case connecting
        case awaitingHello
        case pulling(Pulling)
        /// Everything has come; the owner checks it.
        case judging
        /// A state has been reached; the owner checks and applies it, and the pull goes on from there.
        case judgingReached(Pulling, head: AlmanacModel.Sequence)
        case finished
        case failed
    }

    /// How far the pull has come.
    struct Pulling: Sendable {
        var outline: [OutlineEntry]?
        var positions: [StreamName: StreamBase]
        var highestHead: Sequence
        /// Entries that came since the outline, by stream.
        var received: [StreamName: UInt64] = [:]
        /// Whether this is what comes after a state that was applied.
        var hasReached = false
    }

    public init(plan: Plan) { self.plan = plan }

    /// When ``Event/tick`` has to come at the latest; nil if nothing is waited for.
    public var deadline: Instant? { silentUntil }

    /// Takes what has happened, and says what to do, in order.
    public mutating func handle(_ event: Event, now: Instant) -> [Action] {
        switch state {
        case .finished, .failed: return []
        default: break
        }
        if case .tick = event { return tick(now: now) }
        silentUntil = now.advanced(by: plan.silence)
        isServerAsked = false
        return switch event {
        case .connected: connected()
        case .received(let message, let exchange): received(message, on: exchange)
        case .receivedUnknown(let type, let exchange): [.send(.error(.unknownType(type)), exchange)]
        case .malformed(let error): malformed(error)
        case .chainNeeded: chainNeeded()
        case .concluded: concluded()
        case .disconnected(let ending): fail(.disconnected(ending))
        case .interrupted: interrupted()
        case .tick: []
        }
    }
}

extension ErrorMessage {
    /// The answer to a frame of a type that this program does not know.
    static func unknownType(_ type: UInt8) -> ErrorMessage {
        .refusal(.unknownMessage, "messages of type \(type) are not known here")
    }
}
