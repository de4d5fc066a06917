import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Logging

/// What the connections of one server share: the store and its threads, the keys, the clock. Its calls block.
struct Backend: Sendable {
    let store: any AuthorityStore
    let keeper: KeyKeeper
    let threads: StoreThreads
    let cache: DeltaCache
    let clock: Clock
    let logger: Logger
    let metrics: ServerMetrics
    let refusals: RefusalLog
    let enrolments: AttemptLimiter
    let operations: OperationLimiter
    let questions = PullQuestions()
    let pushes = PushQueue()
    let headBell = HeadBell()

    var keys: AuthorityKeys { keeper.current.keys }
    var signer: CheckpointSigner { keeper.current.signer }

    // MARK: Who is there

    /// What the device table says of a peer.
    enum Admission: Sendable {
        case admitted(Access, Device?)
        case refused(ErrorMessage)
    }

    func admit(_ peer: PeerKey) throws -> Admission {
        guard case .certified(let fingerprint, let isExpired) = peer else { return .admitted(.enrol(keys.chain), nil) }
        let standings = try store.standings(of: [fingerprint])
        guard let device = standings.allowed(fingerprint) else {
            return .refused(standings.devices[fingerprint] == nil ? .notEnrolled : ErrorMessage.notEnrolled.ofRevokedDevice)
        }
        if isExpired { return .admitted(.renew(keys.chain), device) }
        return .admitted(.full(try signer.sign(standings.head, now: clock.now())), device)
    }

    /// The device, as the table has it now; nil if it is unknown or was revoked.
    func allowed(_ fingerprint: Hash32) throws -> Device? { try store.standings(of: [fingerprint]).allowed(fingerprint) }

    // MARK: Certificates

    func enrol(_ request: Enrol) throws -> Message { try enroller.enrol(request, now: clock.now()) }

    func renew(_ request: Renew, for fingerprint: Hash32) throws -> Message {
        guard let device = try allowed(fingerprint) else { return .error(.notEnrolled) }
        return try enroller.renew(request, device: device, now: clock.now())
    }

    func delegationChain() throws -> Message { .delegationChain(try DelegationChainMessage(chain: keys.chain)) }

    private var enroller: Enroller { Enroller(store: store, keys: keys) }
}

extension Standings {
    /// Nil if the device is unknown or was revoked.
    func allowed(_ fingerprint: Hash32) -> Device? {
        guard let device = devices[fingerprint], !device.isRevoked else { return nil }
        return device
    }
}

extension ErrorMessage {
    static let notEnrolled = refusal(
        .notAllowed, "this device is not enrolled here, or no longer: ask for a new invitation")

    /// A connection that begins now shows what is left to such a device.
    static let certificateEnded = refusal(
        .goingAway, "the certificate of this connection has ended: connect again", retry: .here(after: .zero))

    static func tooManyEnrolments(wait: Duration) -> ErrorMessage {
        refusal(.busy, "too many attempts to enrol from this address", retry: .here(after: wait))
    }

    static let serverFailed = refusal(
        .internal, "the server failed; its log says more", fault: .sender, retry: .here(after: .seconds(5)))
}
