import AlmanacModel
import AlmanacRules
import AlmanacWire
import Testing

@testable import AlmanacReplica
@testable import AlmanacServer

/// A person's replica, which pulls at the store; every sync ends with the comparison of digests.
final class PulledCopy {
    private let dataset: TestDataset
    private let person: String
    let path: String
    private let signer: CheckpointSigner
    private let trust: Trust
    private var held: [StreamName] = []
    private var checkpoint: Signed<Checkpoint>?

    init(_ dataset: TestDataset, _ person: String, file: String) throws {
        (self.dataset, self.person) = (dataset, person)
        path = "\(dataset.folder.path)/\(file)"
        let keys = try AuthorityKeys.load(dataset.directory)
        signer = CheckpointSigner(keys)
        trust = try Trust(keys.chain, pin: keys.pin(), now: Clock.system.now())
    }

    func sync(served: RowCounter? = nil, applied: RowCounter? = nil) throws {
        let base = checkpoint?.statement.sequence ?? .zero
        var request = DeltaRequest(
            epoch: checkpoint?.statement.epoch,
            streams: held.map { StreamBase(stream: $0, base: base, position: Position(after: base)) }, patterns: [.all],
            highestHead: base)
        let permission = try permission()
        var windows: [Result<Window, any Error>] = []
        while true {
            let step = try dataset.store.readDelta(request, counter: served, mayRead: permission.mayRead)
            windows += try step.windows.map { .success(try Window.decode(payload: $0.payload)) }
            request = step.next
            guard let end = step.completion else { continue }
            let complete = try Complete(checkpoint: signer.sign(end.head, now: Clock.system.now()), proofs: end.proofs)
            return try apply(windows, complete, request.streams.map(\.stream), applied)
        }
    }

    private func apply(
        _ windows: [Result<Window, any Error>], _ complete: Complete, _ streams: [StreamName], _ counter: RowCounter?
    ) throws {
        let completion = try CheckpointVerifier(trust: trust, highest: checkpoint).verify(complete, of: streams)
        if checkpoint == nil {
            _ = try FirstCopy(path: path).build(windows, until: completion, now: Clock.system.now())
        } else {
            let replica = try ReplicaDatabase.open(path: path)
            defer { try? replica.close() }
            _ = try replica.apply(windows, until: completion, now: Clock.system.now(), counter: counter)
        }
        (checkpoint, held) = (completion.checkpoint, streams)
    }

    /// What it holds; that the rows are the authority's was verified.
    func streams() throws -> [String] {
        let replica = try ReplicaDatabase.open(path: path)
        defer { try? replica.close() }
        #expect(try replica.scrub(now: Clock.system.now()).isRight)
        return try replica.state().streams.map { "\($0.name) \($0.count) \($0.lastChange)" }
    }

    private func permission() throws -> ReadPermission {
        let person = try #require(
            try dataset.store.people(at: Clock.system.now()).first { $0.person.name == self.person }?.person)
        let teams = try dataset.store.teams()
        return Rights(person: person, openStreams: try dataset.store.openStreams(), teams: teams).reading
    }
}
