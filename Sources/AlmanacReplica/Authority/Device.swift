import AlmanacModel
import AlmanacWire

/// A machine with a key of its own, enrolled for a person.
public struct Device: Hashable, Sendable {
    public let name: String
    public let person: Person
    /// SHA-256 of the public key's SubjectPublicKeyInfo: what a certificate is recognised by.
    public let fingerprint: Hash32
    public let isRevoked: Bool

    public init(name: String, person: Person, fingerprint: Hash32, isRevoked: Bool) {
        self.name = name
        self.person = person
        self.fingerprint = fingerprint
        self.isRevoked = isRevoked
    }
}
