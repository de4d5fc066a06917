import AlmanacModel
import AlmanacWire

/// Parts of messages that are valid, and signed by nobody: the machines leave signatures to their owners.
enum Samples {
    static let epoch: UInt64 = 5
    static let streams = ["rankings", "reference", "team/apac"].compactMap { StreamName($0) }

    static func dataset(_ byte: UInt8 = 7) throws -> UniqueID { try valid(UniqueID(bytes: [UInt8](repeating: byte, count: 16))) }

    static func checkpoint(_ sequence: UInt64, epoch: UInt64 = epoch) throws -> Signed<Checkpoint> {
        let hash = try valid(Hash32(bytes: [UInt8](repeating: 2, count: 32)))
        return Signed(
            try Checkpoint(
                dataset: try dataset(), epoch: Epoch(epoch), sequence: Sequence(sequence), chain: hash,
                time: Instant(clamping: 1),
                root: hash, delegation: 1), signature: try signature())
    }

    static func chain() throws -> DelegationChain {
        let key = try valid(PublicKey32(bytes: [UInt8](repeating: 3, count: 32)))
        return try DelegationChain(
            rootKey: key, certificateAuthority: try delegation(.certificateAuthority([0x30, 0])),
            checkpointKey: try delegation(.checkpointKey(key)))
    }

    static func window(_ stream: StreamName, base: UInt64, head: UInt64, id: Int64) throws -> EncodedWindow {
        let tombstone = Tombstone(
            collection: try valid(CollectionID(16)), id: try valid(RecordID(id)), sequence: Sequence(head))
        let windows = try WindowEncoder.encode(
            stream: stream, base: Sequence(base), head: Sequence(head), changes: [.tombstone(tombstone)], level: .stored)
        return try valid(windows.first)
    }

    static func secret() throws -> InvitationSecret { try valid(InvitationSecret(bytes: [UInt8](repeating: 1, count: 16))) }

    private static func delegation(_ subject: DelegationSubject) throws -> Signed<Delegation> {
        let delegation = try Delegation(
            dataset: try dataset(), number: 1, from: Instant(clamping: 1), until: Instant(clamping: 2), subject: subject)
        return Signed(delegation, signature: try signature())
    }

    static func signature() throws -> Signature64 { try valid(Signature64(bytes: [UInt8](repeating: 0x5a, count: 64))) }

    static func valid<Content>(_ content: Content?) throws(Finding) -> Content {
        guard let content else { throw Finding("a sample is not valid") }
        return content
    }
}
