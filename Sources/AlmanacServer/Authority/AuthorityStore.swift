import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// The one way by which the service reaches storage. Calls block and are made off the event loops; nothing outside speaks SQL to
/// the authority, and nothing assumes that this server is the only one.
public protocol AuthorityStore: Sendable {
    func head() throws -> HeadState
    func name() throws -> String
    func schema() throws -> Schema
    func openStreams() throws -> [StreamPattern]

    /// The next piece of a delta, in one short snapshot. Throws ``DeltaRefusal`` for requests that it cannot answer.
    func readDelta(_ request: DeltaRequest, mayRead: @Sendable (StreamName) -> Bool) throws -> DeltaStep

    /// One commit of what the body changes, durable when this returns; nil if it changed nothing.
    @discardableResult
    func commit(author: String, message: String, time: Instant, _ body: (CommitSession) throws -> Void) throws -> Commit?

    func add(_ invitation: Invitation) throws
    func device(_ fingerprint: Hash32) throws -> Device?
    /// Redeems a secret at most once; the certificates are issued inside the transaction that notes them.
    func redeem(
        _ secretHash: Hash32, for fingerprint: Hash32, device: String, now: Instant, issue: (Person) throws -> [[UInt8]]
    ) throws -> Enrolment?
}

/// The embedded store.
extension AuthorityDatabase: AuthorityStore {}
