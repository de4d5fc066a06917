import AlmanacModel
import AlmanacReplica
import AlmanacWire
import GeneratedData
import NIOCore

/// An authority that holds a generated dataset, without a server around it.
public final class GeneratedAuthority: Sendable {
    public let dataset: GeneratedDataset
    public let folder: TemporaryFolder
    private let database: AuthorityDatabase
    private let keys: SigningKeys

    /// 2026-11-21T00:00:00Z: times are the same in every run.
    public static let now = Instant(clamping: 1_795_219_200_000)

    /// What a server sends and a replica applies.
    public struct Delta: Sendable {
        public let payloads: [ByteBuffer]
        public let completion: VerifiedCompletion

        public var byteCount: Int { payloads.reduce(0) { $0 + $1.readableBytes } }

        /// The windows, decoded one at a time when they are asked for, as from a spool.
        public var windows: some Swift.Sequence<Result<Window, any Error>> {
            payloads.lazy.map { payload in Result { try Window.decode(payload: payload) } }
        }
    }

    public init(_ dataset: GeneratedDataset) throws {
        guard let id = UniqueID(bytes: Array(repeating: 7, count: UniqueID.byteCount)) else { throw SigningKeys.Invalid() }
        self.dataset = dataset
        folder = try TemporaryFolder()
        keys = try SigningKeys(dataset: id, now: Self.now)
        let identity = AuthorityDatabase.Identity(
            dataset: id, epoch: Epoch(UInt64(Self.now.milliseconds)), name: "generated")
        database = try AuthorityDatabase.create(path: folder.path("authority.sqlite"), identity: identity, time: Self.now)
        try commit { session in
            try session.updateSchema(GeneratedDataset.schema())
            for number in 0..<dataset.organisationCount {
                let organisation = dataset.organisation(number)
                try Self.put(GeneratedDataset.organisationsID(), organisation.id, organisation.values, session)
            }
            try put(0..<dataset.dealCount, revision: 0, session)
        }
    }

    /// One commit that changes two fields of each of these deals.
    public func revise(_ deals: some Swift.Sequence<Int>, revision: UInt64) throws {
        try commit { try put(deals, revision: revision, $0) }
    }

    private func put(_ deals: some Swift.Sequence<Int>, revision: UInt64, _ session: CommitSession) throws {
        let collection = try GeneratedDataset.dealsID()
        for number in deals {
            let deal = dataset.deal(number, revision: revision)
            try Self.put(collection, deal.id, deal.values, session)
        }
    }

    private static func put(
        _ collection: CollectionID, _ id: RecordID?, _ values: [FieldValue], _ session: CommitSession
    ) throws {
        guard let id else { throw SigningKeys.Invalid() }
        try session.put(collection, id, values)
    }

    private func commit(_ body: (CommitSession) throws -> Void) throws {
        try database.commit(author: "benchmark", message: "generated", time: Self.now, body)
    }

    /// The whole delta after a cursor; nil stands for a first copy.
    public func delta(after cursor: Cursor?) throws -> Delta {
        var request = try request(after: cursor)
        var payloads: [ByteBuffer] = []
        while true {
            let step = try database.readDelta(request) { _ in true }
            payloads += step.windows.map(\.payload)
            request = step.next
            if let completion = step.completion {
                return Delta(payloads: payloads, completion: try verify(completion, of: request.streams.map(\.stream)))
            }
        }
    }

    private func request(after cursor: Cursor?) throws -> DeltaRequest {
        guard let cursor else {
            return DeltaRequest(epoch: nil, streams: [], patterns: [.all], highestHead: .zero)
        }
        let streams = try database.streams().map {
            StreamBase(stream: $0.name, base: cursor.sequence, position: Position(after: cursor.sequence))
        }
        return DeltaRequest(epoch: cursor.epoch, streams: streams, patterns: [], highestHead: cursor.sequence)
    }

    private func verify(_ completion: DeltaCompletion, of streams: [StreamName]) throws -> VerifiedCompletion {
        let complete = try Complete(checkpoint: keys.sign(completion.head, now: Self.now), proofs: completion.proofs)
        return try CheckpointVerifier(trust: keys.trust, highest: nil).verify(complete, of: streams)
    }
}
