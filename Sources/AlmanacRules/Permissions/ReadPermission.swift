import AlmanacModel

/// Which streams somebody may read: the one rule by which every stream is filtered.
///
/// Streams are closed by default. `reference` is open to everybody who is enrolled. A stream of the dataset is open where the dataset
/// opens it to all its readers, or where the person was granted it.
///
/// A stream in which people work together (``StreamName/isWorking``) is open to those whom it belongs to: a team's and its roster to
/// the members, all rosters to administrators too, `curation` to curators and above, `people/…` to that person. To anybody else it is
/// open only where a pattern says so by name: the stream itself (`team/apac`), or what is below its base (`team/*`, `people/*`).
/// `*` opens the dataset and no working stream.
public struct ReadPermission: Hashable, Sendable {
    public let role: Role
    /// What the dataset opens to every reader.
    public let open: [StreamPattern]
    /// What this person was granted beyond.
    public let granted: [StreamPattern]
    /// The stream of what concerns this person alone.
    public let own: StreamName?
    /// The teams of which this person is a member.
    public let teams: Set<TeamName>

    /// Without a name nothing in `people` is the reader's own.
    public init(
        role: Role, open: [StreamPattern], granted: [StreamPattern], person: String? = nil, teams: Set<TeamName> = []
    ) {
        self.role = role
        self.open = open
        self.granted = granted
        own = person.flatMap(StreamName.person)
        self.teams = teams
    }

    public func mayRead(_ stream: StreamName) -> Bool {
        if stream == .reference { return true }
        guard stream.isWorking else { return isOpen { $0.matches(stream) } }
        return belongs(stream) || isOpen { $0 != .all && $0.matches(stream) }
    }

    /// The same answers for these streams, and no to all others but `reference`. Whoever may read the same of them gets an equal
    /// permission.
    public func narrowed(to streams: Set<StreamName>) -> ReadPermission {
        ReadPermission(role: .reader, open: [], granted: streams.filter(mayRead).sorted().map(StreamPattern.exactly))
    }

    private func isOpen(_ opens: (StreamPattern) -> Bool) -> Bool {
        open.contains(where: opens) || granted.contains(where: opens)
    }

    private func belongs(_ stream: StreamName) -> Bool {
        if stream == .curation { return role >= .curator }
        if role >= .administrator, StreamName.rosters.matches(stream) { return true }
        return stream == own || (stream.team ?? stream.rosterOfTeam).map(teams.contains) ?? false
    }
}
