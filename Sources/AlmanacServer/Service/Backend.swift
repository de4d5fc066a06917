import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Logging

/// What the connections of one server share: the store and its threads, the keys, the clock. Its calls block.
struct Backend: Sendable {
    let store: any AuthorityStore
    let keys: AuthorityKeys
    let signer: CheckpointSigner
    let threads: StoreThreads
    let clock: Clock
    let logger: Logger

    // MARK: Who is there

    /// What the device table says of a peer.
    enum Admission: Sendable {
        case admitted(Access, Device?)
        case refused(ErrorMessage)
    }

    func admit(_ peer: PeerKey) throws -> Admission {
        guard case .certified(let fingerprint, let isExpired) = peer else { return .admitted(.enrol(keys.chain), nil) }
        guard let device = try allowed(fingerprint) else { return .refused(.notEnrolled) }
        if isExpired { return .admitted(.renew(keys.chain), device) }
        return .admitted(.full(try signer.sign(store.head(), now: clock.now())), device)
    }

    /// The device, as the table has it now; nil if it is unknown or was revoked.
    func allowed(_ fingerprint: Hash32) throws -> Device? {
        guard let device = try store.device(fingerprint), !device.isRevoked else { return nil }
        return device
    }

    // MARK: Certificates

    func enrol(_ request: Enrol) throws -> Message { try enroller.enrol(request, now: clock.now()) }

    func renew(_ request: Renew, for fingerprint: Hash32) throws -> Message {
        guard let device = try allowed(fingerprint) else { return .error(.notEnrolled) }
        return try enroller.renew(request, device: device, now: clock.now())
    }

    func delegationChain() throws -> Message { .delegationChain(try DelegationChainMessage(chain: keys.chain)) }

    private var enroller: Enroller { Enroller(store: store, keys: keys) }
}

extension ErrorMessage {
    static let notEnrolled = refusal(
        .notAllowed, "this device is not enrolled here, or no longer: ask for a new invitation")

    static let serverFailed = refusal(
        .internal, "the server failed; its log says more", fault: .sender, retry: .here(after: .seconds(5)))
}
