import AlmanacModel
import AlmanacWire

/// What an invitation link is worth: one certificate for one device of a person.
public struct Invitation: Hashable, Sendable {
    /// SHA-256 of the secret; the secret itself is stored nowhere.
    public let secretHash: Hash32
    public let person: Person
    public let expires: Instant

    public init(secretHash: Hash32, person: Person, expires: Instant) {
        self.secretHash = secretHash
        self.person = person
        self.expires = expires
    }
}

/// What a redeemed invitation brought.
public struct Enrolment: Hashable, Sendable {
    public let person: Person
    /// DER, leaf first.
    public let certificates: [[UInt8]]

    public init(person: Person, certificates: [[UInt8]]) {
        self.person = person
        self.certificates = certificates
    }
}
