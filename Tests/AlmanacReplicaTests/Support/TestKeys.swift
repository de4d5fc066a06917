import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Testing

/// The keys of a dataset, always the same.
struct TestKeys {
    let root: Ed25519PrivateKey
    let checkpoint: Ed25519PrivateKey
    let dataset: UniqueID

    static let validity = Instant(clamping: 1_000)...Instant(clamping: 2_000_000_000_000)
    static let now = Instant(clamping: 1_700_000_000_000)

    init(seed: UInt8 = 1) throws {
        root = try Ed25519PrivateKey(seed: Array(repeating: seed, count: 32))
        checkpoint = try Ed25519PrivateKey(seed: Array(repeating: seed &+ 100, count: 32))
        dataset = try #require(UniqueID(bytes: Array(repeating: seed, count: 16)))
    }

    var pin: Hash32 { get throws { try Hash32(hashing: root.publicKey.bytes) } }

    func delegation(
        of subject: DelegationSubject, number: UInt64, by key: Ed25519PrivateKey? = nil, dataset other: UniqueID? = nil
    ) throws -> Signed<Delegation> {
        let statement = try Delegation(
            dataset: other ?? dataset, number: number, from: Self.validity.lowerBound, until: Self.validity.upperBound,
            subject: subject)
        return try Self.sign(statement, by: key ?? root, context: .delegation)
    }

    func chain(authority: UInt64 = 1, checkpoint number: UInt64 = 2, signedBy key: Ed25519PrivateKey? = nil) throws
        -> DelegationChain
    {
        try DelegationChain(
            rootKey: try #require(PublicKey32(bytes: root.publicKey.bytes)),
            certificateAuthority: try delegation(of: .certificateAuthority([1, 2, 3]), number: authority, by: key),
            checkpointKey: try delegation(
                of: .checkpointKey(try #require(PublicKey32(bytes: checkpoint.publicKey.bytes))), number: number, by: key))
    }

    func trust() throws -> Trust { try Trust(chain(), pin: pin, now: Self.now) }

    func verifier(highest: Signed<Checkpoint>? = nil) throws -> CheckpointVerifier {
        CheckpointVerifier(trust: try trust(), highest: highest)
    }

    func sign(_ head: HeadState, time: Instant = now, delegation: UInt64 = 2, by key: Ed25519PrivateKey? = nil) throws -> Signed<
        Checkpoint
    > {
        let statement = try Checkpoint(
            dataset: head.dataset, epoch: head.epoch, sequence: head.sequence, chain: head.chain, time: time, root: head.root,
            delegation: delegation)
        return try Self.sign(statement, by: key ?? checkpoint, context: .checkpoint)
    }

    static func sign<Content: Statement>(
        _ statement: Content, by key: Ed25519PrivateKey, context: SignatureContext
    ) throws -> Signed<Content> {
        let signature = try key.sign(context: context, message: statement.encoded)
        return Signed(statement, signature: try #require(Signature64(bytes: signature.bytes)))
    }
}
