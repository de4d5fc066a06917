import AlmanacModel
import AlmanacWire

/// How a device gets its certificate: hello, the check of the authority, the secret or the old certificate, the new one.
///
/// The secret leaves only after the owner has said that the authority is the pinned one. A renewal that the server lets in as a reader
/// has no delegation chain to check: the answer brings one.
///
///     connecting ─▶ awaitingHello ── server_hello ─▶ checking ── authorityChecked ─▶ awaitingCertificate ── enrolled ─▶ finished
///          └──────────── errors, violations, cuts, interruption ───────┴──────────────────────┴─────────────────────▶ failed
public struct EnrolmentMachine: Sendable {
    /// What the client knows before it connects.
    public struct Plan: Sendable {
        /// Without dataset and checkpoint.
        public let hello: ClientHello
        public let request: Request
        /// How long the server may be silent.
        public var silence: Duration = .seconds(30)

        public init(hello: ClientHello, request: Enrol) {
            self.hello = hello
            self.request = .first(request)
        }

        public init(hello: ClientHello, renewal: Renew) {
            self.hello = hello
            request = .another(renewal)
        }
    }

    /// What the certificate is asked for with.
    public enum Request: Sendable {
        case first(Enrol)
        /// On a connection with the old certificate, which may have ended.
        case another(Renew)

        var message: Message {
            switch self {
            case .first(let enrol): .enrol(enrol)
            case .another(let renew): .renew(renew)
            }
        }
    }

    static let exchange = ExchangeID(1)

    private let plan: Plan
    private var state = State.connecting
    private var silentUntil: Instant?

    private enum State: Sendable {
        case connecting
        case awaitingHello
        /// The owner checks the authority.
        case checking
        case awaitingCertificate
        case finished
        case failed
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
        case .authorityChecked: authorityChecked()
        case .disconnected(let ending): fail(.disconnected(ending))
        case .interrupted: fail(.interrupted)
        case .tick: []
        }
    }
}

// MARK: - Transitions

extension EnrolmentMachine {
    private mutating func connected() -> [Action] {
        guard case .connecting = state else { return [] }
        state = .awaitingHello
        return [.send(.clientHello(plan.hello), .connection)]
    }

    private mutating func received(_ message: Message, on exchange: ExchangeID) -> [Action] {
        switch message {
        case .error(let error): fail(.refused(error))
        case .ping(let ping): [.send(.pong(Pong(answering: ping)), .connection)]
        case .pong: []
        case .goingAway(let farewell): goingAway(farewell)
        case .serverHello(let hello): receivedHello(hello)
        case .enrolled(let answer): receivedCertificate(answer, on: exchange)
        default: fail(.protocolViolation("a server does not send \(message.type.name), or not now"))
        }
    }

    private mutating func receivedHello(_ hello: ServerHello) -> [Action] {
        guard case .awaitingHello = state else { return fail(.protocolViolation("a second hello")) }
        guard hello.versions.highestCommon(with: .current) != nil else { return fail(.noCommonVersion(server: hello.versions)) }
        switch (plan.request, hello.access) {
        case (.first, .enrol(let chain)), (.another, .renew(let chain)):
            state = .checking
            return [.checkAuthority(hello, chain)]
        case (.another, .full):
            state = .awaitingCertificate
            return [.send(plan.request.message, Self.exchange)]
        default: return fail(.accessLimited(hello.access.level))
        }
    }

    private mutating func authorityChecked() -> [Action] {
        guard case .checking = state else { return [] }
        state = .awaitingCertificate
        return [.send(plan.request.message, Self.exchange)]
    }

    private mutating func receivedCertificate(_ answer: Enrolled, on exchange: ExchangeID) -> [Action] {
        guard case .awaitingCertificate = state, exchange == Self.exchange else {
            return fail(.protocolViolation("a certificate that nobody asked for"))
        }
        state = .finished
        silentUntil = nil
        return [.accept(answer), .close]
    }

    /// A server that goes away still finishes what is open.
    private mutating func goingAway(_ farewell: GoingAway) -> [Action] {
        if case .awaitingCertificate = state { return [] }
        return fail(.serverGoingAway(farewell.sentence.string))
    }

    private mutating func malformed(_ error: WireError) -> [Action] {
        let answer: [Action] = [.send(.error(ErrorMessage(refusing: error)), .connection)]
        return answer + fail(.protocolViolation(String(describing: error)))
    }

    private mutating func tick(now: Instant) -> [Action] {
        guard let silentUntil, silentUntil <= now else { return [] }
        return fail(.silent)
    }

    private mutating func fail(_ failure: SessionFailure) -> [Action] {
        state = .failed
        silentUntil = nil
        return [.fail(failure), .close]
    }
}
