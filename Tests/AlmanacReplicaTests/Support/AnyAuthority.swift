import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import NIOCore
import Testing

/// Signs whatever it is given, also what an authority of ours would never commit; there is one stream, `reference`.
struct AnyAuthority {
    let keys: TestKeys

    /// Brings a replica at `base`, or none at zero, to `head`, where the stream holds these records.
    func apply(_ changes: [RecordChange], base: Sequence, head: Sequence, records: [Record], to path: String) throws {
        let windows = try WindowEncoder.encode(stream: .reference, base: base, head: head, changes: changes)
        let results = windows.map { encoded in Result<Window, any Error> { try Window.decode(payload: encoded.payload) } }
        let completion = try completion(head, records)
        guard base > .zero else {
            _ = try FirstCopy(path: path).build(results, until: completion, now: TestKeys.now)
            return
        }
        let replica = try ReplicaDatabase.open(path: path)
        defer { try? replica.close() }
        _ = try replica.apply(results, until: completion, now: TestKeys.now)
    }

    private func completion(_ head: Sequence, _ records: [Record]) throws -> VerifiedCompletion {
        var digest = LtHash()
        let hasher = try LtHasher()
        for record in records { try digest.add(CanonicalRecord.encode(record), using: hasher) }
        let proof = try StreamProof(
            salt: try #require(Salt(bytes: Array(repeating: 9, count: Salt.byteCount))), lastChange: head,
            count: UInt64(records.count), digestHash: Hash32(hashing: digest.bytes), path: [])
        let state = HeadState(
            dataset: keys.dataset, epoch: Epoch(7), sequence: head, chain: try Hash32(hashing: []),
            root: try CheckpointTree.leaf(.reference, proof))
        return try keys.verifier().verify(Complete(checkpoint: keys.sign(state), proofs: [proof]), of: [.reference])
    }
}
