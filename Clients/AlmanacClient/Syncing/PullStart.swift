import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// What a pull begins with: a replica that is to follow the authority, or nothing.
struct PullStart {
    /// Nil for a full copy.
    let base: Cursor?
    /// The streams of the replica, by name.
    let streams: [StreamName]

    static let nothing = PullStart(base: nil, streams: [])

    init(_ state: ReplicaState) { self.init(base: state.cursor, streams: state.streams.map(\.name)) }

    private init(base: Cursor?, streams: [StreamName]) {
        self.base = base
        self.streams = streams
    }

    /// What a spool rests on; the epoch of a full copy is the server's.
    func key(dataset: UniqueID, serverEpoch: Epoch) -> Spool.Key {
        Spool.Key(dataset: dataset, epoch: base?.epoch ?? serverEpoch, base: base?.sequence ?? .zero)
    }

    /// Whether windows of an earlier try can be used.
    func fits(_ key: Spool.Key, dataset: UniqueID) -> Bool {
        key == self.key(dataset: dataset, serverEpoch: key.epoch)
    }

    /// Goes on where the spool ends.
    func request(after spool: Spool?) throws -> PullRequest {
        let base = base?.sequence ?? .zero
        let positions = spool?.positions ?? [:]
        let held = streams.map { StreamBase(stream: $0, base: base, position: positions[$0] ?? Position(after: base)) }
        let joining = positions.filter { !streams.contains($0.key) }
            .map { StreamBase(stream: $0.key, base: .zero, position: $0.value) }
        return try PullRequest(
            epoch: streams.isEmpty ? Epoch(0) : self.base?.epoch ?? Epoch(0), highestHead: max(base, spool?.highestHead ?? .zero),
            streams: (held + joining).sorted { $0.stream < $1.stream }, patterns: [.all])
    }
}
