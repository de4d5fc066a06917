import AlmanacModel

/// What a valid team is.
public enum TeamRules {
    public static let titleLimit = 256

    /// The whole record, as it would stand afterwards: a name, at least one owner, and owners who are members.
    public static func check(_ values: [FieldValue]) throws(RuleViolation) {
        try RecordShape.check(values, of: collection)
        guard let name = values[TeamSchema.name]?.text else { throw .missing(collection, TeamSchema.name) }
        guard TeamName(name.string) != nil else { throw .malformed(collection, TeamSchema.name, name) }
        if let title = values[TeamSchema.title]?.text, title.utf8.count > titleLimit {
            throw .tooLong(collection, TeamSchema.title, maximum: titleLimit)
        }
        let owners = try people(TeamSchema.owners, values)
        let members = Set(try people(TeamSchema.members, values))
        if owners.isEmpty { throw .missing(collection, TeamSchema.owners) }
        if let outsider = owners.first(where: { !members.contains($0) }) { throw .ownerNotMember(outsider) }
    }

    /// What a team's record says of its people, by name; names are compared by bytes. Nil for a record that is none of a team.
    public static func memberships(_ values: [FieldValue]) -> (team: TeamName, people: [Text: TeamRole])? {
        guard let name = values[TeamSchema.name]?.text, let team = TeamName(name.string) else { return nil }
        var people: [Text: TeamRole] = [:]
        for person in values[TeamSchema.members]?.elements ?? [] { people[person] = .member }
        for person in values[TeamSchema.owners]?.elements ?? [] where people[person] != nil { people[person] = .owner }
        return (team, people)
    }

    private static let collection = TeamSchema.collection

    private static func people(_ field: FieldID, _ values: [FieldValue]) throws(RuleViolation) -> [Text] {
        let people = values[field]?.elements ?? []
        if let name = people.first(where: { !RecordShape.isShortName($0) }) { throw .malformed(collection, field, name) }
        return people
    }
}
