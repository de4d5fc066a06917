/// The streams in which people work together, beside those of the dataset.
extension StreamName {
    private static let teamBase = StreamName(fixed: "team")
    private static let rosterBase = StreamName(fixed: "roster")
    private static let peopleBase = StreamName(fixed: "people")

    /// What a team writes: its annotations, and conflicts over them.
    public static func team(_ team: TeamName) -> StreamName { StreamName(fixed: "\(teamBase.rawValue)/\(team.rawValue)") }

    /// Who belongs to a team: for its members, and for administrators, who need not read what it writes.
    public static func roster(_ team: TeamName) -> StreamName { StreamName(fixed: "\(rosterBase.rawValue)/\(team.rawValue)") }

    /// Conflicts over the dataset, for curators.
    public static let curation = StreamName(fixed: "curation")

    /// What concerns one person alone. Nil for a name without letters or digits that a stream's name can have.
    public static func person(_ name: String) -> StreamName? { peopleBase.partition(name) }

    /// The team whose annotations are in this stream; nil for any other stream.
    public var team: TeamName? { rest(behind: Self.teamBase) }

    /// The team whose roster this stream is; nil for any other stream.
    public var rosterOfTeam: TeamName? { rest(behind: Self.rosterBase) }

    /// Whether records of the dataset may not be here: the stream is one of those in which people work together.
    public var isWorking: Bool {
        self == .curation
            || [Self.teamBase, Self.rosterBase, Self.peopleBase].contains { base in
                self == base || StreamPattern.below(base).matches(self)
            }
    }

    /// All rosters.
    public static let rosters = StreamPattern.below(rosterBase)

    private func rest(behind base: StreamName) -> TeamName? {
        guard StreamPattern.below(base).matches(self) else { return nil }
        return TeamName(rawValue.dropFirst(base.rawValue.count + 1))
    }
}
