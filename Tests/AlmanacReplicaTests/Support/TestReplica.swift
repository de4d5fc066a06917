import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacReplica

/// A client's replica: pulls at stores, applies, remembers the highest checkpoint.
final class TestReplica {
    let path: String
    let keys: TestKeys
    private(set) var checkpoint: Signed<Checkpoint>?
    private var held: [StreamName] = []

    init(path: String, keys: TestKeys) {
        self.path = path
        self.keys = keys
    }

    func pull() -> TestPull { TestPull(held: held, checkpoint: checkpoint, keys: keys) }

    func finish(_ pull: TestPull, counter: RowCounter? = nil) throws {
        let completion = try pull.verified()
        let windows = pull.windows.map { Result<Window, any Error>.success($0) }
        if checkpoint == nil {
            _ = try FirstCopy(path: path).build(windows, until: completion, now: TestKeys.now)
        } else {
            let replica = try ReplicaDatabase.open(path: path)
            _ = try replica.apply(windows, until: completion, now: TestKeys.now, counter: counter)
            try replica.close()
        }
        checkpoint = completion.checkpoint
        held = completion.streams.map(\.name)
    }

    /// A whole pull at one store.
    @discardableResult
    func sync(from store: any TestStore) throws -> TestPull {
        var pull = pull()
        while try !pull.step(at: store) {}
        try finish(pull)
        return pull
    }
}
