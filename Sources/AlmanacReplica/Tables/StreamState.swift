import AlmanacCrypto
import AlmanacModel
import AlmanacWire

/// A stream's digest and count while records come and go.
final class StreamState {
    let key: StreamKey
    let name: StreamName
    private(set) var digest: LtHash
    private(set) var count: Int64
    private(set) var isChanged = false
    private var canonical: [UInt8] = []

    init(key: StreamKey, name: StreamName, digest: LtHash, count: Int64) {
        self.key = key
        self.name = name
        self.digest = digest
        self.count = count
    }

    func add(_ record: Record, using hasher: LtHasher) throws {
        try digest.add(encode(record), using: hasher)
        count += 1
        isChanged = true
    }

    func subtract(_ record: Record, using hasher: LtHasher) throws {
        try digest.subtract(encode(record), using: hasher)
        count -= 1
        isChanged = true
    }

    /// What a checkpoint says of the stream as it is now, without a path.
    func proof(salt: Salt, lastChange: Sequence) throws -> StreamProof {
        try StreamProof(
            salt: salt, lastChange: lastChange, count: UInt64(clamping: count), digestHash: Hash32(digest.digest), path: [])
    }

    /// Whether this is the state that a checkpoint signs.
    func isProven(by proof: StreamProof) throws -> Bool {
        try Hash32(digest.digest) == proof.digestHash && UInt64(exactly: count) == proof.count
    }

    /// Whether this is the state of a stream without records.
    var isEmpty: Bool { count == 0 && digest == LtHash() }

    /// After its row has been written.
    func markSaved() { isChanged = false }

    private func encode(_ record: Record) -> [UInt8] {
        canonical.removeAll(keepingCapacity: true)
        CanonicalRecord.append(record, to: &canonical)
        return canonical
    }
}
