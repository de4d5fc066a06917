import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// Makes invitation links.
public struct Inviter: Sendable {
    private let store: any AuthorityStore
    private let keys: AuthorityKeys

    public init(store: any AuthorityStore, keys: AuthorityKeys) {
        self.store = store
        self.keys = keys
    }

    /// A link that is worth one certificate for a device of this person until it expires, and what the invitation has made of them. The
    /// secret is in the link alone.
    public func invite(
        _ invitee: Invitee, host: String, port: Int, expires: Instant, by actor: AuditActor, at now: Instant
    ) throws -> (link: String, outcome: InvitationOutcome) {
        let secret = try SecureRandom.bytes(InvitationSecret.byteCount)
        let invitation = Invitation(secretHash: try Hash32(hashing: secret), invitee: invitee, expires: expires)
        let outcome = try store.add(invitation, by: actor, at: now)
        let address = host.contains(":") ? "[\(host)]" : host
        let link = "almanac://\(address):\(port)/\(Base64URL.encode(secret)).\(Base64URL.encode(try keys.pin().bytes))"
        return (link, outcome)
    }
}
