import AlmanacModel

/// A team, as its record has it.
public struct Team: Hashable, Sendable {
    public let id: RecordID
    public let name: TeamName
    /// For people; nil where it has none.
    public let title: String?
    /// By name.
    public let owners: [String]
    /// By name, the owners among them.
    public let members: [String]

    /// Nil for a record that is no team's.
    init?(_ record: AlmanacModel.Record) {
        guard case .text(let text)? = record[TeamSchema.name], let name = TeamName(text.string) else { return nil }
        id = record.id
        self.name = name
        title = if case .text(let title)? = record[TeamSchema.title] { title.string } else { nil }
        owners = Self.names(record[TeamSchema.owners])
        members = Array(Set(owners + Self.names(record[TeamSchema.members]))).sorted()
    }

    private static func names(_ value: Value?) -> [String] {
        if case .textSet(let set)? = value { set.elements.map(\.string) } else { [] }
    }
}

/// All teams, as one moment had them.
public struct Teams: Sendable {
    /// By name.
    public let all: [Team]
    private let joined: [Text: Set<TeamName>]
    private let owned: [Text: Set<TeamName>]

    init(_ teams: [Team]) {
        all = teams.sorted { $0.name < $1.name }
        joined = Self.byPerson(teams, \.members)
        owned = Self.byPerson(teams, \.owners)
    }

    /// The teams that a person belongs to.
    public func joined(by person: String) -> Set<TeamName> { joined[Text(person)] ?? [] }

    /// The teams that a person is an owner of.
    public func owned(by person: String) -> Set<TeamName> { owned[Text(person)] ?? [] }

    private static func byPerson(_ teams: [Team], _ people: (Team) -> [String]) -> [Text: Set<TeamName>] {
        var byPerson: [Text: Set<TeamName>] = [:]
        for team in teams {
            for person in people(team) { byPerson[Text(person), default: []].insert(team.name) }
        }
        return byPerson
    }
}
