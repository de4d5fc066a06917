import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacWire

/// What a pull begins with: a replica that is to follow the authority, or nothing.
struct PullStart {
    /// Nil for a full copy.
    let base: Cursor?
    /// The streams of the replica that are wanted, by name.
    let streams: [StreamName]
    /// The streams of the replica that are not wanted any more, by name.
    let leaving: [StreamName]
    let subscription: Subscription

    static func nothing(_ subscription: Subscription) -> PullStart {
        PullStart(base: nil, streams: [], leaving: [], subscription: subscription)
    }

    /// The same subscription, for a full copy.
    var fromNothing: PullStart { .nothing(subscription) }

    init(_ state: ReplicaState, _ subscription: Subscription) {
        let names = state.streams.map(\.name)
        self.init(
            base: state.cursor, streams: names.filter(subscription.includes),
            leaving: names.filter { !subscription.includes($0) },
            subscription: subscription)
    }

    private init(base: Cursor?, streams: [StreamName], leaving: [StreamName], subscription: Subscription) {
        self.base = base
        self.streams = streams
        self.leaving = leaving
        self.subscription = subscription
    }

    /// What a spool rests on; the epoch of a full copy is the server's.
    func key(dataset: UniqueID, serverEpoch: Epoch) -> Spool.Key {
        Spool.Key(dataset: dataset, epoch: base?.epoch ?? serverEpoch, base: base?.sequence ?? .zero)
    }

    /// Whether windows of an earlier try can be used.
    func fits(_ key: Spool.Key, dataset: UniqueID) -> Bool {
        key == self.key(dataset: dataset, serverEpoch: key.epoch)
    }

    /// Goes on where the spool ends. What it holds of streams that are not wanted any more is left alone.
    func request(after spool: Spool?, follows: Bool = false) throws -> PullRequest {
        try request(after: spool, adding: subscription.patterns, extensions: follows ? .following : .none)
    }

    /// Asks for all other streams as well, to learn of them.
    func requestOfEverything() throws -> PullRequest { try request(after: nil, adding: [.all], extensions: .none) }

    private func request(after spool: Spool?, adding patterns: [StreamPattern], extensions: Extensions) throws -> PullRequest {
        let base = base?.sequence ?? .zero
        let positions = (spool?.positions ?? [:]).filter { subscription.includes($0.key) }
        let held = streams.map { StreamBase(stream: $0, base: base, position: positions[$0] ?? Position(after: base)) }
        let joining = positions.filter { !streams.contains($0.key) }
            .map { StreamBase(stream: $0.key, base: .zero, position: $0.value) }
        return try PullRequest(
            epoch: streams.isEmpty ? Epoch(0) : self.base?.epoch ?? Epoch(0), highestHead: max(base, spool?.highestHead ?? .zero),
            streams: (held + joining).sorted { $0.stream < $1.stream }, patterns: patterns,
            extensions: extensions)
    }

    /// What the server answers where only a full copy helps.
    func misfit(of failure: SessionFailure) -> Misfit? {
        guard base != nil, case .refused(let error) = failure else { return nil }
        return switch error.code {
        case .baseTooOld: .baseTooOld
        case .epochMismatch: .otherEpoch
        case .streamUnknown: .streamGone
        default: nil
        }
    }
}
