import AlmanacModel
import AlmanacWire
import GRDB
import Testing

@testable import AlmanacReplica

/// A replica that serves others: it derives each record's history from the deltas that it applies, and passes on the authority's
/// checkpoints.
final class TestMirror: TestStore {
    private let queue: DatabaseQueue
    private let keys: TestKeys
    private let limits: DeltaReader.Limits
    private(set) var checkpoint: Signed<Checkpoint>?
    private var held: [StreamName] = []

    init(path: String, keys: TestKeys, limits: DeltaReader.Limits) throws {
        self.keys = keys
        self.limits = limits
        queue = try DatabaseQueue(path: path)
        try queue.write { try ReplicaSchema.create(in: $0, kind: .served) }
    }

    /// Brings the mirror to the head of another store.
    func sync(from store: any TestStore) throws {
        var pull = TestPull(held: held, checkpoint: checkpoint, keys: keys)
        while try !pull.step(at: store) {}
        let completion = try pull.verified()
        try queue.write { database in
            let tables = RecordTables(database, kind: .served)
            _ = try DeltaTransaction(tables, held: checkpoint?.statement).apply(
                pull.windows.map(Result.success), until: completion, now: TestKeys.now)
        }
        checkpoint = completion.checkpoint
        held = completion.streams.map(\.name)
    }

    var headSequence: Sequence { checkpoint?.statement.sequence ?? .zero }

    func read(_ request: DeltaRequest, counter: RowCounter?) throws -> DeltaStep {
        let statement = try #require(checkpoint).statement
        let head = HeadState(
            dataset: statement.dataset, epoch: statement.epoch, sequence: statement.sequence, chain: statement.chain,
            root: statement.root)
        return try queue.read { database in
            try DeltaReader(RecordTables(database, kind: .served, counter: counter), head: head, limits: limits).step(request) {
                _ in true
            }
        }
    }

    func sign(_ completion: DeltaCompletion) throws -> Signed<Checkpoint> { try #require(checkpoint) }
}
