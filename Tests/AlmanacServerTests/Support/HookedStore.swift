import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Logging

@testable import AlmanacServer

/// A store that something happens to before it answers.
final class HookedStore: AuthorityStore {
    typealias Hook = @Sendable () throws -> Void

    private let store: AuthorityDatabase
    private let onHead: Hook
    private let onReadDelta: Hook

    init(_ store: AuthorityDatabase, onHead: @escaping Hook = {}, onReadDelta: @escaping Hook = {}) {
        (self.store, self.onHead, self.onReadDelta) = (store, onHead, onReadDelta)
    }

    func head() throws -> HeadState {
        try onHead()
        return try store.head()
    }

    func readDelta(
        _ request: DeltaRequest, at head: HeadState, mayRead: @Sendable (StreamName) -> Bool
    ) throws -> DeltaStep? {
        try onReadDelta()
        return try store.readDelta(request, at: head, mayRead: mayRead)
    }

    func name() throws -> String { try store.name() }
    func lastCommit() throws -> Commit? { try store.lastCommit() }
    func schema() throws -> Schema { try store.schema() }
    func commit(author: String, message: String, time: Instant, _ body: (CommitSession) throws -> Void) throws -> Commit? {
        try store.commit(author: author, message: message, time: time, body)
    }
    func add(_ invitation: Invitation) throws { try store.add(invitation) }
    func device(_ fingerprint: Hash32) throws -> Device? { try store.device(fingerprint) }
    func allowedDevices() throws -> Set<Hash32> { try store.allowedDevices() }
    func standings(of fingerprints: Set<Hash32>) throws -> Standings { try store.standings(of: fingerprints) }
    func readingRights(of fingerprints: Set<Hash32>) throws -> ReadingRights { try store.readingRights(of: fingerprints) }
    func redeem(
        _ secretHash: Hash32, for fingerprint: Hash32, device: String, now: Instant, issue: (Person) throws -> [[UInt8]]
    ) throws -> Enrolment? {
        try store.redeem(secretHash, for: fingerprint, device: device, now: now, issue: issue)
    }
}

extension Backend {
    /// What connections would share, without a server around it.
    init(
        testing dataset: TestDataset, store: any AuthorityStore, log: TestLog = TestLog(),
        metrics: ServerMetrics = ServerMetrics(cache: DeltaCache())
    ) throws {
        let keys = try AuthorityKeys.load(dataset.directory)
        self.init(
            store: store, keys: keys, signer: CheckpointSigner(keys), threads: StoreThreads(metrics), cache: DeltaCache(),
            clock: .system, logger: log.logger, metrics: metrics, refusals: RefusalLog(log.logger),
            enrolments: AttemptLimiter(limit: 1))
    }
}
