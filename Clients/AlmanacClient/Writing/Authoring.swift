import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// Somebody at work on a copy: what is here with what waits on top, and what they may do with it, as far as this device knows.
public struct Authoring {
    public let working: any WorkingRecords
    public let rights: Rights
    /// All that are known here, by name.
    public let teams: [KnownTeam]
    /// Where the replica stands.
    public let tip: Cursor?
    /// What the replica does not show yet, in order.
    public let pending: () throws -> [OutboxEntry]
    /// The streams that are here.
    public let held: Set<StreamName>
    /// What was wanted of the authority: what is not covered by it may be there all the same.
    public let subscription: Subscription
    /// What the dataset opens to every reader.
    public let open: [StreamPattern]

    /// What this device cannot know, such as a role that was taken away meanwhile, is left to the authority.
    public init(
        _ working: any WorkingRecords, person: String, role: Role, tip: Cursor?,
        pending: @escaping () throws -> [OutboxEntry] = { [] },
        held: some Swift.Sequence<StreamName>,
        subscription: Subscription = .all
    ) throws {
        self.working = working
        self.subscription = subscription
        self.tip = tip
        self.pending = pending
        self.held = Set(held)
        teams = try KnownTeam.all(in: working)
        open = try Self.openStreams(working)
        var roles: [TeamName: TeamRole] = [:]
        for team in teams { roles[team.name] = team.role(of: person) }
        // What is here may be read: else it would not have come.
        rights = Rights(
            person: person, role: role, open: open, granted: self.held.map { .exactly($0) }, teams: roles)
    }

    public var person: String { rights.person }

    private static func openStreams(_ working: any WorkingRecords) throws -> [StreamPattern] {
        guard let id = RecordID(1), let package = try working.record(.id(SystemSchema.package, id)),
            case .textSet(let patterns)? = package[SystemSchema.PackageField.openStreams]
        else { return [] }
        return patterns.elements.compactMap { StreamPattern($0.string) }
    }

    // MARK: Writing

    /// An operation of these changes, if the authority would take it as far as is known here. Throws ``WritingError``, and nothing is
    /// saved before ``AlmanacClient/Context/save(_:now:)``.
    ///
    /// `summary` says in a line for people what it does; `about` is the short id of what it changes.
    public func propose(
        _ changes: [Change], message: Text? = nil, summary: String, audience: Audience? = nil, about: String? = nil, id: UniqueID,
        now: Instant
    ) throws -> Proposal {
        guard let operation = Operation(id: id, time: now, message: message, changes: changes) else {
            throw ClientError.usage("One change may do \(Operation.maximumChanges) things, and this would be \(changes.count).")
        }
        do {
            _ = try Applying.effects(of: operation, by: OperationAuthor(rights), over: ProposalGround(working))
        } catch let rejection as OperationRejection {
            throw WritingError.refused(rejection)
        }
        return Proposal(
            draft: OutboxDraft(operation, summary: summary, tip: tip), audience: audience, about: about,
            outsiders: outsiders(mentionedIn: changes, audience))
    }

    /// Those whom a text mentions and who do not belong to the team that sees it; nobody where that is not known.
    private func outsiders(mentionedIn changes: [Change], _ audience: Audience?) -> [String] {
        guard let team = teams.first(where: { $0.name == audience?.team }) else { return [] }
        let mentioned = changes.compactMap(\.annotationText).flatMap { Mentions.names(in: $0).elements }
        return Set(mentioned).subtracting(team.members).map(\.string).sorted()
    }

    // MARK: Teams

    /// The team that somebody names, or the only one that they belong to.
    public func team(named name: String?) throws -> TeamName {
        if let name {
            guard let team = TeamName(name) else { throw WritingError.unknownTeam(name, known: ownTeams) }
            guard knows(team) else { throw WritingError.unknownTeam(name, known: ownTeams) }
            return team
        }
        guard let first = ownTeams.first else { throw WritingError.noTeam }
        guard ownTeams.count == 1 else { throw WritingError.noTeamChosen(ownTeams) }
        return first
    }

    /// By name.
    public var ownTeams: [TeamName] { rights.teams.keys.sorted() }

    private func knows(_ team: TeamName) -> Bool {
        teams.contains { $0.name == team } || held.contains(.team(team))
    }

    /// Who will see what is written for a team about a record in this stream. Throws ``WritingError/notForTeam(_:_:people:)`` where some
    /// of them are known not to be able to read that.
    public func audience(of team: TeamName, about stream: StreamName? = nil) throws -> Audience {
        let known = teams.first { $0.name == team }
        guard let stream else { return Audience(team: team, count: known?.members.count) }
        let excluded = excluded(from: stream, among: known?.members ?? [])
        guard excluded.isEmpty else { throw WritingError.notForTeam(team, stream, people: excluded) }
        let isOpen = stream == .reference || stream.isWorking || open.contains { $0.matches(stream) }
        return Audience(team: team, count: known?.members.count, closedStream: isOpen ? nil : stream)
    }

    /// Those of these people who are known not to read a stream in which people work together.
    private func excluded(from stream: StreamName, among people: Set<Text>) -> [String] {
        if let other = stream.team ?? stream.rosterOfTeam {
            guard let readers = teams.first(where: { $0.name == other })?.members else { return [] }
            return people.subtracting(readers).map(\.string).sorted()
        }
        let isPersonal = StreamName.person(person).map { $0 == stream } ?? false
        return isPersonal ? people.filter { $0 != Text(person) }.map(\.string).sorted() : []
    }
}

/// An operation that nothing speaks against, as far as is known here; not saved yet.
public struct Proposal: Hashable, Sendable {
    public let draft: OutboxDraft
    public let audience: Audience?
    /// The short id of what it changes; nil where it makes something, which is known by the operation's own id.
    public let about: String?
    /// Whom its text mentions although they will not see it, by name.
    public let outsiders: [String]

    public init(draft: OutboxDraft, audience: Audience?, about: String? = nil, outsiders: [String] = []) {
        self.draft = draft
        self.audience = audience
        self.about = about
        self.outsiders = outsiders
    }

    public var id: UniqueID { draft.operation.id }
}

extension Change {
    /// What it makes an annotation say; nil where it does not.
    fileprivate var annotationText: String? {
        let value: ProposedValue?
        switch self {
        case .make(AnnotationSchema.collection, _, let values):
            value = values.first { $0.field == AnnotationSchema.text }?.value
        case .edit(let name, let edits) where name.collection == AnnotationSchema.collection:
            guard case .value(_, let new)? = edits.first(where: { $0.field == AnnotationSchema.text })?.kind else { return nil }
            value = new
        default: return nil
        }
        return if case .value(.text(let text))? = value { text.string } else { nil }
    }
}
