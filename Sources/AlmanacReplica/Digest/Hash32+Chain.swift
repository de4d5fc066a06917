import AlmanacCrypto
import AlmanacModel
import AlmanacWire

extension Hash32 {
    /// This chain after one more commit: section 7 of the specification.
    public func linked(to sequence: AlmanacModel.Sequence, _ header: CommitHeader, root: Hash32) throws(CryptoError) -> Hash32 {
        let headerHash = try Hash32(hashing: Preimage.commitHeader(header))
        return try Hash32(hashing: Preimage.chainLink(before: self, sequence: sequence, header: headerHash, root: root))
    }
}
