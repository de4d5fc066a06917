import AlmanacModel

/// The bytes that are hashed for the digest, the tree and the chain: section 7 of the specification. Hashing is done elsewhere.
public enum Preimage {
    /// What stands before the canonical bytes of a record whose expansion's key is hashed.
    public static let recordPrefix = Array("almanac/1 record".utf8) + [0]

    private static let chainPrefix = Array("almanac/1 chain".utf8) + [0]

    private static let commitPrefix = Array("almanac/1 commit".utf8) + [0]

    public static func record(_ record: Record) -> [UInt8] {
        var bytes = recordPrefix
        CanonicalRecord.append(record, to: &bytes)
        return bytes
    }

    /// Of the leaf of a stream.
    public static func leaf(stream: StreamName, proof: StreamProof) -> [UInt8] {
        var writer = WireWriter()
        writer.u8(0)
        writer.fixed(proof.salt)
        writer.string(stream.rawValue)
        writer.sequence(proof.lastChange)
        writer.varint(proof.count)
        writer.fixed(proof.digestHash)
        return writer.bytes
    }

    /// Of what stands above two parts of the tree.
    public static func node(left: Hash32, right: Hash32) -> [UInt8] {
        [1] + left.bytes + right.bytes
    }

    /// Of the chain before the first commit.
    public static func chainStart(dataset: UniqueID, epoch: Epoch) -> [UInt8] {
        var writer = WireWriter()
        writer.fixed(chainPrefix)
        writer.fixed(dataset)
        writer.varint(epoch.rawValue)
        return writer.bytes
    }

    /// Of a commit's header.
    public static func commitHeader(_ header: CommitHeader) -> [UInt8] {
        commitPrefix + header.encoded
    }

    /// Of the chain after a commit, of the hash of its header.
    public static func chainLink(
        before: Hash32, sequence: AlmanacModel.Sequence, header: Hash32, root: Hash32
    ) -> [UInt8] {
        var writer = WireWriter()
        writer.fixed(chainPrefix)
        writer.fixed(before)
        writer.sequence(sequence)
        writer.fixed(header)
        writer.fixed(root)
        return writer.bytes
    }
}
