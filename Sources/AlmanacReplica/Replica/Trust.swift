import AlmanacCrypto
import AlmanacModel
import AlmanacWire

/// What a device believes, resting on the pinned root key alone.
public struct Trust: Sendable {
    public let dataset: UniqueID
    public let rootKey: Ed25519PublicKey
    public let checkpointKey: Ed25519PublicKey
    /// The number of the delegation of the checkpoint key.
    public let checkpointDelegation: UInt64

    /// Why a delegation chain is not believed.
    public enum Refusal: Error, Equatable {
        case rootDoesNotMatchPin
        case delegationInvalid(String)
        /// A lower number than was seen before: a delegation that the root key has replaced.
        case delegationReplaced(shown: UInt64, known: UInt64)
    }

    /// Refuses a chain with a delegation that is older than one already seen.
    public static func requireNotReplaced(_ chain: DelegationChain, by known: DelegationChain) throws {
        let pairs = [(chain.certificateAuthority, known.certificateAuthority), (chain.checkpointKey, known.checkpointKey)]
        for (shown, known) in pairs where shown.statement.number < known.statement.number {
            throw Refusal.delegationReplaced(shown: shown.statement.number, known: known.statement.number)
        }
    }

    /// Checks a chain against the pin, the SHA-256 hash of the root's raw public key.
    public init(_ chain: DelegationChain, pin: Hash32, now: Instant) throws {
        guard try Hash32(hashing: chain.rootKey.bytes) == pin, let root = Ed25519PublicKey(bytes: chain.rootKey.bytes) else {
            throw Refusal.rootDoesNotMatchPin
        }
        for delegation in [chain.certificateAuthority, chain.checkpointKey] { try Self.check(delegation, root: root, now: now) }
        let statement = chain.checkpointKey.statement
        guard case .checkpointKey(let bytes) = statement.subject, let key = Ed25519PublicKey(bytes: bytes.bytes) else {
            throw Refusal.delegationInvalid("it names no key")
        }
        dataset = statement.dataset
        rootKey = root
        checkpointKey = key
        checkpointDelegation = statement.number
    }

    private static func check(_ delegation: Signed<Delegation>, root: Ed25519PublicKey, now: Instant) throws {
        let statement = delegation.statement
        guard try root.verify(delegation, context: .delegation) else {
            throw Refusal.delegationInvalid("the root key has not signed it")
        }
        guard statement.isValid(at: now) else {
            throw Refusal.delegationInvalid("it is valid from \(statement.from) to \(statement.until), and it is now \(now)")
        }
    }
}

extension Trust.Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rootDoesNotMatchPin: "the server's root key is not the one that the invitation names"
        case .delegationReplaced(let shown, let known):
            "the server shows delegation \(shown), but \(known) was seen before: the root key has replaced it"
        case .delegationInvalid(let why): "the server's delegation is not valid: \(why)"
        }
    }
}
