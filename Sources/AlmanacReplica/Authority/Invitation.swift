import AlmanacModel
import AlmanacWire

/// What an invitation link is worth: one certificate for one device of a person.
public struct Invitation: Hashable, Sendable {
    /// SHA-256 of the secret; the secret itself is stored nowhere.
    public let secretHash: Hash32
    public let invitee: Invitee
    public let expires: Instant

    public init(secretHash: Hash32, invitee: Invitee, expires: Instant) {
        self.secretHash = secretHash
        self.invitee = invitee
        self.expires = expires
    }
}

/// Who is invited, and what they are to be; what is not named stays as it is, or is the least for somebody new.
public struct Invitee: Hashable, Sendable {
    public let name: String
    public let role: Role?
    public let grants: [StreamPattern]?

    public init(name: String, role: Role? = nil, grants: [StreamPattern]? = nil) {
        self.name = name
        self.role = role
        self.grants = grants
    }

    public init(_ person: Person) { self.init(name: person.name, role: person.role, grants: person.grants) }
}

/// What an invitation has made of a person.
public struct InvitationOutcome: Hashable, Sendable {
    public let person: Person
    /// The person before; nil for somebody new.
    public let before: Person?

    public init(person: Person, before: Person?) {
        self.person = person
        self.before = before
    }

    /// Nil if the role is the one from before, or the person is new.
    public var formerRole: Role? { before.flatMap { $0.role == person.role ? nil : $0.role } }

    /// Nil if the grants are those from before, or the person is new.
    public var formerGrants: [StreamPattern]? { before.flatMap { $0.grants == person.grants ? nil : $0.grants } }
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
