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
    func apply(
        _ sheets: [PushedSheet], at now: Instant, judge: (Operation, OperationContext) throws -> OperationVerdict
    ) -> [PushOutcome] {
        store.apply(sheets, at: now, judge: judge)
    }
    func teams() throws -> Teams { try store.teams() }
    func add(_ invitation: Invitation, by actor: AuditActor, at now: Instant) throws -> InvitationOutcome {
        try store.add(invitation, by: actor, at: now)
    }
    func note(_ entry: AuditEntry) throws { try store.note(entry) }
    func noteIfMissing(_ entry: AuditEntry) throws { try store.noteIfMissing(entry) }
    func device(_ fingerprint: Hash32) throws -> Device? { try store.device(fingerprint) }
    func allowedDevices() throws -> Set<Hash32> { try store.allowedDevices() }
    func standings(of fingerprints: Set<Hash32>) throws -> Standings { try store.standings(of: fingerprints) }
    func readingRights(of fingerprints: Set<Hash32>) throws -> ReadingRights { try store.readingRights(of: fingerprints) }
    func redeem(
        _ secretHash: Hash32, for fingerprint: Hash32, device: String, now: Instant, issue: (Device) throws -> [[UInt8]]
    ) throws -> Enrolment? {
        try store.redeem(secretHash, for: fingerprint, device: device, now: now, issue: issue)
    }
}

extension Backend {
    /// What connections would share, without a server around it.
    init(
        testing dataset: TestDataset, store: any AuthorityStore, log: TestLog = TestLog(),
        metrics: ServerMetrics = ServerMetrics(cache: DeltaCache()),
        operations: OperationLimiter = OperationLimiter(limit: 10_000)
    ) throws {
        self.init(
            store: store, keeper: try KeyKeeper(dataset.directory, now: Clock.system.now()), threads: StoreThreads(metrics),
            cache: DeltaCache(),
            clock: .system, logger: log.logger, metrics: metrics, refusals: RefusalLog(log.logger),
            enrolments: AttemptLimiter(limit: 1), operations: operations)
    }
}
