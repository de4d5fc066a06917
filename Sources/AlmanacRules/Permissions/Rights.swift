import AlmanacModel

/// What a person is in a team.
public enum TeamRole: Hashable, Sendable {
    /// Reads and, as an annotator, writes there.
    case member
    /// A member who says who belongs to it.
    case owner
}

/// Everything about a person from which follows what they may read and write.
public struct Rights: Hashable, Sendable {
    public let person: String
    public let role: Role
    /// What the dataset opens to every reader.
    public let open: [StreamPattern]
    /// What this person was granted beyond.
    public let granted: [StreamPattern]
    public let teams: [TeamName: TeamRole]

    public init(
        person: String, role: Role, open: [StreamPattern] = [], granted: [StreamPattern] = [], teams: [TeamName: TeamRole] = [:]
    ) {
        self.person = person
        self.role = role
        self.open = open
        self.granted = granted
        self.teams = teams
    }

    public var reading: ReadPermission {
        ReadPermission(role: role, open: open, granted: granted, person: person, teams: Set(teams.keys))
    }

    public func mayRead(_ stream: StreamName) -> Bool { reading.mayRead(stream) }

    public func isMember(of team: TeamName) -> Bool { teams[team] != nil }

    public func isOwner(of team: TeamName) -> Bool { teams[team] == .owner }

    /// Whether a value names this person.
    func isNamed(by value: Value?) -> Bool { value == .text(Text(person)) }
}
