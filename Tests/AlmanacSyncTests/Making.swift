import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacSync

/// Messages of an authority that signs nothing: the machines leave signatures to their owner.
enum Making {
    static let now = Instant(clamping: 1_700_000_000_000)
    static let connection = ExchangeID.connection
    static let pull = ExchangeID(1)

    static var dataset: UniqueID { get throws { try uniqueID(7) } }
    static var rankings: StreamName { get throws { try stream("rankings") } }
    private static var signature: Signature64 {
        get throws { try #require(Signature64(bytes: [UInt8](repeating: 1, count: 64))) }
    }
    private static var hash: Hash32 { get throws { try #require(Hash32(bytes: [UInt8](repeating: 2, count: 32))) } }

    static func uniqueID(_ byte: UInt8) throws -> UniqueID {
        try #require(UniqueID(bytes: [UInt8](repeating: byte, count: 16)))
    }
    static func stream(_ name: String) throws -> StreamName { try #require(StreamName(name)) }
    static func sequence(_ number: UInt64) -> AlmanacModel.Sequence { AlmanacModel.Sequence(number) }

    static func chain() throws -> DelegationChain {
        let key = try #require(PublicKey32(bytes: [UInt8](repeating: 3, count: 32)))
        let delegations = try [DelegationSubject.certificateAuthority([4]), .checkpointKey(key)].map {
            try Signed(
                try Delegation(dataset: dataset, number: 1, from: now, until: now, subject: $0),
                signature: signature)
        }
        return try DelegationChain(rootKey: key, certificateAuthority: delegations[0], checkpointKey: delegations[1])
    }

    static func checkpoint(_ sequence: UInt64) throws -> Signed<Checkpoint> {
        try Signed(
            try Checkpoint(
                dataset: dataset, epoch: Epoch(5), sequence: Self.sequence(sequence), chain: hash, time: now, root: hash,
                delegation: 1),
            signature: signature)
    }

    static func hello(
        _ access: Access? = nil, dataset: UniqueID? = nil, epoch: UInt64 = 5, versions: ProtocolVersions = .current
    ) throws -> Message {
        .serverHello(
            try ServerHello(
                versions: versions, software: "almanacd/test", dataset: dataset ?? self.dataset, epoch: Epoch(epoch),
                name: "test",
                access: access ?? .full(checkpoint(9))))
    }

    static func outline(_ head: UInt64, _ entries: [(String, UInt64)]) throws -> Message {
        .outline(
            try Outline(head: sequence(head), entries: entries.map { OutlineEntry(stream: try stream($0.0), remaining: $0.1) }))
    }

    /// Of records 1 to count of one collection, all changed at the head.
    static func window(_ name: String, base: UInt64, head: UInt64, ids: ClosedRange<Int64>) throws -> WindowMessage {
        let collection = try #require(CollectionID(16))
        let changes = try ids.map { id in
            RecordChange.tombstone(Tombstone(collection: collection, id: try #require(RecordID(id)), sequence: sequence(head)))
        }
        let windows = try WindowEncoder.encode(stream: stream(name), base: sequence(base), head: sequence(head), changes: changes)
        return WindowMessage(try #require(windows.first))
    }

    static func complete(_ sequence: UInt64, proofs: Int) throws -> Message {
        .complete(try Complete(checkpoint: checkpoint(sequence), proofs: [StreamProof?](repeating: nil, count: proofs)))
    }

    static func push() throws -> Push {
        let operations = [try SentOperation([UInt8](repeating: 7, count: 16))]
        let sheet = try OperationSheet(dataset: uniqueID(1), key: [0x30], operations: operations)
        return try Push(sheet: Signed(sheet, signature: try #require(Signature64(bytes: [UInt8](repeating: 5, count: 64)))))
    }

    static func error(_ code: ErrorCode) -> Message { .error(.refusal(code, "because")) }
}
