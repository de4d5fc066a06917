import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// Who belongs to a team, as operations on its record: for administrators, and for its owners.
public struct TeamChange {
    private let authoring: Authoring
    private let id: UniqueID
    private let now: Instant

    public init(_ authoring: Authoring, id: UniqueID, now: Instant) {
        self.authoring = authoring
        self.id = id
        self.now = now
    }

    /// A new team. Its owners are members. Throws ``TeamError`` and ``WritingError``.
    public func create(_ name: String, title: String? = nil, owners: [String], members: [String] = []) throws -> Proposal {
        guard let team = TeamName(name) else { throw TeamError.notAName(name) }
        guard try record(of: team) == nil else { throw TeamError.exists(team) }
        var values = [
            ProposedField(TeamSchema.name, .text(Text(name))),
            ProposedField(TeamSchema.owners, Self.set(owners)), ProposedField(TeamSchema.members, Self.set(owners + members)),
        ]
        if let title { values.append(ProposedField(TeamSchema.title, .text(Text(title)))) }
        let change = Change.make(TeamSchema.collection, in: .roster(team), values: values.sorted { $0.field < $1.field })
        return try propose(change, "team \(team) made")
    }

    /// As a member, and as an owner where that is wanted.
    public func add(_ person: String, to name: String, asOwner: Bool) throws -> Proposal {
        let (team, record) = try known(name)
        let (owners, members) = (Self.people(record[TeamSchema.owners]), Self.people(record[TeamSchema.members]))
        let new = Text(person)
        var edits: [FieldEdit] = []
        if asOwner, !owners.contains(new) { edits.append(Self.adding(new, to: TeamSchema.owners)) }
        if !members.contains(new) { edits.append(Self.adding(new, to: TeamSchema.members)) }
        guard !edits.isEmpty else { throw TeamError.isThere(person, team, asOwner: asOwner) }
        return try propose(.edit(record.name, edits), "\(person) added to team \(team)\(asOwner ? ", as an owner" : "")")
    }

    public func remove(_ person: String, from name: String) throws -> Proposal {
        let (team, record) = try known(name)
        let (owners, members) = (Self.people(record[TeamSchema.owners]), Self.people(record[TeamSchema.members]))
        let old = Text(person)
        guard owners.contains(old) || members.contains(old) else {
            throw TeamError.isNotThere(person, team, members: members.map(\.string).sorted())
        }
        guard owners != [old] else { throw TeamError.lastOwner(person, team) }
        let fields = [(TeamSchema.owners, owners), (TeamSchema.members, members)].filter { $0.1.contains(old) }
        let edits = fields.map { FieldEdit($0.0, .elements(added: TextSet([]), removed: TextSet([old]))) }
        return try propose(.edit(record.name, edits), "\(person) removed from team \(team)")
    }

    // MARK: Records

    private func known(_ name: String) throws -> (TeamName, WorkingRecord) {
        guard let team = TeamName(name), let record = try record(of: team) else {
            throw WritingError.unknownTeam(name, known: authoring.teams.map(\.name))
        }
        return (team, record)
    }

    private func record(of team: TeamName) throws -> WorkingRecord? {
        try authoring.working.record(TeamSchema.collection, key: Text(team.rawValue))
    }

    private func propose(_ change: Change, _ summary: String) throws -> Proposal {
        try authoring.propose([change], message: Text(summary), summary: summary, id: id, now: now)
    }

    private static func set(_ people: [String]) -> Value { .textSet(TextSet(people.map { Text($0) })) }

    private static func people(_ value: Value?) -> Set<Text> {
        if case .textSet(let set)? = value { Set(set.elements) } else { [] }
    }

    private static func adding(_ person: Text, to field: FieldID) -> FieldEdit {
        FieldEdit(field, .elements(added: TextSet([person]), removed: TextSet([])))
    }
}
