import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// Makes teams and says who belongs to them, on the authority's machine: by the same rules as from a laptop, each time in one commit.
public struct TeamKeeper {
    private let store: AuthorityDatabase
    private let now: Instant

    public init(_ store: AuthorityDatabase, now: Instant) {
        self.store = store
        self.now = now
    }

    /// Why nothing was changed.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        case nobody(String)
        case noTeam(TeamName)
        case taken(TeamName)
        case invalid(String)

        public var description: String {
            switch self {
            case .nobody(let name): "there is nobody called \(name); almanacd people lists everybody"
            case .noTeam(let team): "there is no team \(team); almanacd teams lists them"
            case .taken(let team): "there is a team \(team) already"
            case .invalid(let sentence): sentence
            }
        }
    }

    /// The owners are members too.
    public func create(_ team: TeamName, title: String?, owners: [String]) throws {
        try requireKnown(owners)
        try commit("a new team: \(team)") { session in
            guard try find(team, session) == nil else { throw Failure.taken(team) }
            let names = Value.textSet(TextSet(owners.map { Text($0) }))
            var values = [
                FieldValue(TeamSchema.name, .text(Text(team.rawValue))), FieldValue(TeamSchema.owners, names),
                FieldValue(TeamSchema.members, names),
            ]
            if let title { values.insert(FieldValue(TeamSchema.title, .text(Text(title))), at: 1) }
            try put(values, session.newID(TeamSchema.collection), team, session)
        }
    }

    /// What becomes of a person in a team.
    public enum Membership: Hashable, Sendable {
        case owner, member
    }

    /// Makes somebody a member, or an owner, who is a member too. False if that was so already.
    public func add(_ person: String, to team: TeamName, as membership: Membership) throws -> Bool {
        try requireKnown([person])
        return try change(team, "\(person) joins the team \(team)") { people in
            people.members.insert(Text(person))
            if membership == .owner { people.owners.insert(Text(person)) }
        }
    }

    /// Takes somebody out of a team, or only what an owner has beyond other members. False if there was nothing to take.
    public func remove(_ person: String, from team: TeamName, as membership: Membership) throws -> Bool {
        try change(team, "\(person) leaves the team \(team)") { people in
            people.owners.remove(Text(person))
            if membership == .member { people.members.remove(Text(person)) }
        }
    }

    // MARK: Records

    private struct People: Equatable {
        var owners: Set<Text>
        var members: Set<Text>

        init(_ record: Record) {
            owners = Self.names(record[TeamSchema.owners])
            members = Self.names(record[TeamSchema.members])
        }

        private static func names(_ value: Value?) -> Set<Text> {
            if case .textSet(let set)? = value { Set(set.elements) } else { [] }
        }
    }

    private func change(_ team: TeamName, _ message: String, _ body: (inout People) -> Void) throws -> Bool {
        try commit(message) { session in
            guard let id = try find(team, session), let record = try session.record(TeamSchema.collection, id) else {
                throw Failure.noTeam(team)
            }
            var people = People(record)
            body(&people)
            guard people != People(record) else { return }
            let values = record.values.patched(by: [
                PatchedField(TeamSchema.owners, .textSet(TextSet(people.owners))),
                PatchedField(TeamSchema.members, .textSet(TextSet(people.members))),
            ])
            try put(values, id, team, session)
        }
    }

    private func find(_ team: TeamName, _ session: CommitSession) throws -> RecordID? {
        try session.find(TeamSchema.collection, where: TeamSchema.name, is: .text(Text(team.rawValue)))
    }

    private func put(_ values: [FieldValue], _ id: RecordID, _ team: TeamName, _ session: CommitSession) throws {
        do throws(RuleViolation) {
            try TeamRules.check(values)
        } catch {
            throw Failure.invalid(error.description)
        }
        try session.put(TeamSchema.collection, id, values, in: .roster(team))
    }

    @discardableResult
    private func commit(_ message: String, _ body: (CommitSession) throws -> Void) throws -> Bool {
        try store.commit(author: "almanacd", message: message, time: now, body) != nil
    }

    private func requireKnown(_ people: [String]) throws {
        let known = Set(try store.people(at: now).map { Text($0.person.name) })
        if let stranger = people.first(where: { !known.contains(Text($0)) }) { throw Failure.nobody(stranger) }
    }
}
