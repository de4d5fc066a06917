import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// An authority with keys of its own, which signs whatever bytes have made: what lies behind a signature is reached.
struct SampleAuthority {
    static let now = Instant(clamping: 1_700_000_000_000)

    private let checkpointKey: Ed25519PrivateKey
    private let verifier: CheckpointVerifier

    init() throws {
        let root = try Ed25519PrivateKey(seed: [UInt8](repeating: 1, count: 32))
        checkpointKey = try Ed25519PrivateKey(seed: [UInt8](repeating: 2, count: 32))
        let chain = try DelegationChain(
            rootKey: Samples.valid(PublicKey32(bytes: root.publicKey.bytes)),
            certificateAuthority: Self.delegation(.certificateAuthority([1]), root),
            checkpointKey: Self.delegation(
                .checkpointKey(Samples.valid(PublicKey32(bytes: checkpointKey.publicKey.bytes))), root))
        let trust = try Trust(chain, pin: Hash32(hashing: root.publicKey.bytes), now: Self.now)
        verifier = CheckpointVerifier(trust: trust, highest: nil)
    }

    /// What a pull ends with whose stream `reference` holds these records and no other stream anything.
    func completion(at sequence: AlmanacModel.Sequence, of records: some Swift.Collection<Record>) throws -> VerifiedCompletion {
        var digest = LtHash()
        let hasher = try LtHasher()
        for record in records { try digest.add(CanonicalRecord.encode(record), using: hasher) }
        let proof = try StreamProof(
            salt: Samples.valid(Salt(bytes: [UInt8](repeating: 4, count: Salt.byteCount))), lastChange: sequence,
            count: UInt64(records.count), digestHash: Hash32(hashing: digest.bytes), path: [])
        let checkpoint = try Checkpoint(
            dataset: Samples.dataset(), epoch: Epoch(Samples.epoch), sequence: sequence, chain: Hash32(hashing: []),
            time: Self.now, root: CheckpointTree.leaf(.reference, proof), delegation: 1)
        let signed = try Self.sign(checkpoint, .checkpoint, checkpointKey)
        return try verifier.verify(Complete(checkpoint: signed, proofs: [proof]), of: [.reference])
    }

    private static func delegation(_ subject: DelegationSubject, _ key: Ed25519PrivateKey) throws -> Signed<Delegation> {
        let delegation = try Delegation(
            dataset: Samples.dataset(), number: 1, from: Instant(clamping: 1), until: .distantFuture, subject: subject)
        return try sign(delegation, .delegation, key)
    }

    private static func sign<Content: Statement>(
        _ statement: Content, _ context: SignatureContext, _ key: Ed25519PrivateKey
    ) throws -> Signed<Content> {
        let signature = try key.sign(context: context, message: statement.encoded)
        return Signed(statement, signature: try Samples.valid(Signature64(bytes: signature.bytes)))
    }
}
