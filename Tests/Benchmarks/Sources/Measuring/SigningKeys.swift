import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// A root key, a checkpoint key, and what a replica that pins the root believes. The same keys in every run.
struct SigningKeys {
    let trust: Trust
    private let checkpointKey: Ed25519PrivateKey

    /// What could not be: the keys have their lengths.
    struct Invalid: Error {}

    init(dataset: UniqueID, now: Instant) throws {
        let rootKey = try Ed25519PrivateKey(seed: Array(repeating: 1, count: Ed25519PrivateKey.seedByteCount))
        checkpointKey = try Ed25519PrivateKey(seed: Array(repeating: 2, count: Ed25519PrivateKey.seedByteCount))
        guard let root = PublicKey32(bytes: rootKey.publicKey.bytes),
            let checkpoint = PublicKey32(bytes: checkpointKey.publicKey.bytes)
        else { throw Invalid() }
        let delegate = { (subject: DelegationSubject) throws in
            let delegation = try Delegation(
                dataset: dataset, number: 1, from: now, until: now.advanced(by: .seconds(86_400)), subject: subject)
            return try Self.sign(delegation, .delegation, by: rootKey)
        }
        let chain = try DelegationChain(
            rootKey: root, certificateAuthority: delegate(.certificateAuthority([0])),
            checkpointKey: delegate(.checkpointKey(checkpoint)))
        guard let pin = Hash32(bytes: try SHA256.hash(root.bytes).bytes) else { throw Invalid() }
        trust = try Trust(chain, pin: pin, now: now)
    }

    func sign(_ head: HeadState, now: Instant) throws -> Signed<Checkpoint> {
        let checkpoint = try Checkpoint(
            dataset: head.dataset, epoch: head.epoch, sequence: head.sequence, chain: head.chain, time: now, root: head.root,
            delegation: trust.checkpointDelegation)
        return try Self.sign(checkpoint, .checkpoint, by: checkpointKey)
    }

    private static func sign<Content: Statement>(
        _ statement: Content, _ context: SignatureContext, by key: Ed25519PrivateKey
    ) throws -> Signed<Content> {
        let signature = try key.sign(context: context, message: statement.encoded)
        guard let bytes = Signature64(bytes: signature.bytes) else { throw Invalid() }
        return Signed(statement, signature: bytes)
    }
}
