import AlmanacModel
import AlmanacWire

/// How a device hands its operations over: hello, sheets with several on their way at once, a signed answer to each.
///
/// No socket, clock or storage in here, and no cryptography: the checks of signatures are actions. Where it ends early nothing is lost:
/// what has no receipt is sent again, and the authority applies it once.
///
///     connecting ─▶ awaitingHello ── server_hello ─▶ greeting ── greeted ─▶ pushing ── nothing left, all stored ─▶ finished
///          └──────────── errors, violations, cuts, interruption ──────┴────────────┴───────────────────────────▶ failed
public struct PushMachine: Sendable {
    /// What the client knows before it connects.
    public struct Plan: Sendable {
        public let hello: ClientHello
        /// The lowest epoch that is believed; a lower one is a rollback.
        public let epoch: Epoch?
        /// How long the server may be silent.
        public var silence: Duration = .seconds(60)

        public init(hello: ClientHello, epoch: Epoch?) {
            self.hello = hello
            self.epoch = epoch
        }
    }

    /// How many sheets may be without an answer.
    public static let window = 4

    /// The exchange of a request for the delegation chain; there is one at a time. Those of sheets come behind it.
    static let chainExchange = ExchangeID(1)

    let plan: Plan
    var state = State.connecting
    var isChainAwaited = false
    var silentUntil: Instant?

    enum State: Sendable {
        case connecting
        case awaitingHello
        /// The owner checks the server's checkpoint.
        case greeting(Epoch)
        case pushing(Pushing)
        case finished
        case failed
    }

    /// What is on its way.
    struct Pushing: Sendable {
        /// The epoch of the server's hello.
        let epoch: Epoch
        /// The ids that the receipts of each open exchange have to name, in this order.
        var unanswered: [ExchangeID: [UniqueID]] = [:]
        /// Receipts that the owner has not stored yet.
        var unstored = 0
        var isSupplyAsked = false
        /// Nothing more is to be sent: there is no more, or the server accepts no more.
        var isSupplyOver = false
        var lastExchange = PushMachine.chainExchange

        var isDone: Bool { isSupplyOver && !isSupplyAsked && unanswered.isEmpty && unstored == 0 }
        var mayAskForMore: Bool { !isSupplyOver && !isSupplyAsked && unanswered.count < PushMachine.window }
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
        return switch event {
        case .connected: connected()
        case .received(let message, let exchange): received(message, on: exchange)
        case .receivedUnknown(let type, let exchange): [.send(.error(.unknownType(type)), exchange)]
        case .malformed(let error): malformed(error)
        case .greeted: greeted()
        case .sheet(let push): send(push)
        case .nothingLeft: nothingLeft()
        case .chainNeeded: chainNeeded()
        case .stored: stored()
        case .disconnected(let ending): fail(.disconnected(ending))
        case .interrupted: fail(.interrupted)
        case .tick: []
        }
    }
}
