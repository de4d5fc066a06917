import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// A team as this device knows it: from its roster, with what waits here on top.
public struct KnownTeam: Hashable, Sendable {
    public let name: TeamName
    public let title: String?
    public let owners: Set<Text>
    /// Its owners among them.
    public let members: Set<Text>

    /// Nil for a record that names no team.
    init?(_ record: WorkingRecord) {
        guard case .text(let text)? = record[TeamSchema.name], let name = TeamName(text.string) else { return nil }
        self.name = name
        if case .text(let title)? = record[TeamSchema.title] { self.title = title.string } else { title = nil }
        owners = Self.people(record[TeamSchema.owners])
        members = Self.people(record[TeamSchema.members]).union(owners)
    }

    private static func people(_ value: Value?) -> Set<Text> {
        if case .textSet(let set)? = value { Set(set.elements) } else { [] }
    }

    /// All that are known here, by name.
    static func all(in working: any WorkingRecords) throws -> [KnownTeam] {
        try working.records(of: TeamSchema.collection).compactMap(KnownTeam.init).sorted { $0.name < $1.name }
    }

    /// What a person is in it; nil for nobody.
    func role(of person: String) -> TeamRole? {
        let name = Text(person)
        return owners.contains(name) ? .owner : members.contains(name) ? .member : nil
    }
}
