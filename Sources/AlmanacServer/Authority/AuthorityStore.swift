import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// The one way by which the service reaches storage. Calls block and are made off the event loops; nothing outside speaks SQL to
/// the authority, and nothing assumes that this server is the only one.
public protocol AuthorityStore: Sendable {
    func head() throws -> HeadState
    func name() throws -> String
    /// The newest commit; nil before the first.
    func lastCommit() throws -> Commit?
    func schema() throws -> Schema

    /// The next piece of a delta, in one short snapshot of this head, to which the rights belong; nil if the head is another by now.
    /// Throws ``DeltaRefusal`` for requests that it cannot answer.
    func readDelta(
        _ request: DeltaRequest, at head: HeadState, mayRead: @Sendable (StreamName) -> Bool
    ) throws -> DeltaStep?

    /// One commit of what the body changes, durable when this returns; nil if it changed nothing.
    @discardableResult
    func commit(author: String, message: String, time: Instant, _ body: (CommitSession) throws -> Void) throws -> Commit?

    /// Applies sheets of operations, each operation at most once; what is answered is durable. An error of one sheet is its own.
    func apply(
        _ sheets: [PushedSheet], at now: Instant, judge: (Operation, OperationContext) throws -> OperationVerdict
    ) -> [PushOutcome]
    /// All teams, as the head has them.
    func teams() throws -> Teams

    /// Adds an invitation, and its person if there is none of that name.
    @discardableResult
    func add(_ invitation: Invitation, by actor: AuditActor, at now: Instant) throws -> InvitationOutcome
    /// Adds an entry to the history, durably.
    func note(_ entry: AuditEntry) throws
    /// The same unless there is one of this act and detail.
    func noteIfMissing(_ entry: AuditEntry) throws
    func device(_ fingerprint: Hash32) throws -> Device?
    /// The keys of all devices that were not revoked.
    func allowedDevices() throws -> Set<Hash32>
    /// The head and the devices of these keys, in one short snapshot.
    func standings(of fingerprints: Set<Hash32>) throws -> Standings
    /// The same, and what readers may read of which streams, in one short snapshot.
    func readingRights(of fingerprints: Set<Hash32>) throws -> ReadingRights
    /// Redeems a secret at most once; the certificates are issued inside the transaction that notes them.
    func redeem(
        _ secretHash: Hash32, for fingerprint: Hash32, device: String, now: Instant, issue: (Device) throws -> [[UInt8]]
    ) throws -> Enrolment?
}

/// The embedded store.
extension AuthorityDatabase: AuthorityStore {}
