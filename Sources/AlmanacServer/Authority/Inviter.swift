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

    /// A link that is worth one certificate for a device of this person until it expires. The secret is in the link alone.
    public func invite(_ person: Person, host: String, port: Int, expires: Instant) throws -> String {
        let secret = try SecureRandom.bytes(InvitationSecret.byteCount)
        try store.add(Invitation(secretHash: Hash32(hashing: secret), person: person, expires: expires))
        let address = host.contains(":") ? "[\(host)]" : host
        return "almanac://\(address):\(port)/\(Base64URL.encode(secret)).\(Base64URL.encode(try keys.pin().bytes))"
    }
}
