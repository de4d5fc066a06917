import AlmanacModel
import AlmanacWire

@testable import AlmanacReplica

/// Something that serves deltas: an authority, or a mirror of it.
protocol TestStore: AnyObject {
    var headSequence: Sequence { get throws }
    func read(_ request: DeltaRequest, counter: RowCounter?) throws -> DeltaStep
    func sign(_ completion: DeltaCompletion) throws -> Signed<Checkpoint>
}

/// An authority with its keys.
final class TestAuthority: TestStore {
    let database: AuthorityDatabase
    let keys: TestKeys
    let path: String
    /// Every commit is a second after the one before.
    private(set) var time = TestKeys.now

    init(directory: String, keys: TestKeys, limits: DeltaReader.Limits = DeltaReader.Limits()) throws {
        self.keys = keys
        path = "\(directory)/authority.db"
        let identity = AuthorityDatabase.Identity(dataset: keys.dataset, epoch: Epoch(7), name: "test")
        try AuthorityDatabase.create(path: path, identity: identity, time: time).close()
        database = try AuthorityDatabase.open(existing: path, limits: limits)
    }

    @discardableResult
    func commit(_ body: (CommitSession) throws -> Void) throws -> Commit? {
        time = time.advanced(by: .seconds(1))
        return try database.commit(author: "somebody", message: "a commit", time: time, body)
    }

    var headSequence: Sequence { get throws { try database.head().sequence } }

    func read(_ request: DeltaRequest, counter: RowCounter? = nil) throws -> DeltaStep {
        try database.readDelta(request, counter: counter) { _ in true }
    }

    func sign(_ completion: DeltaCompletion) throws -> Signed<Checkpoint> { try keys.sign(completion.head) }
}
