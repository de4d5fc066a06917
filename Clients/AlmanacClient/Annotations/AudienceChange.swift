import AlmanacModel

/// Whom a move to another team takes something away from, and whom it shows it to.
public struct AudienceChange: Hashable, Sendable {
    public let from: Audience
    public let to: Audience
    /// By name; nil where a roster is not here.
    public let losing: [String]?
    public let gaining: [String]?

    public init(from: TeamName, to: Audience, in authoring: Authoring) throws {
        self.from = try authoring.audience(of: from)
        self.to = to
        let (old, new) = (Self.members(from, authoring), Self.members(to.team, authoring))
        losing = old.flatMap { old in new.map { Self.names(old.subtracting($0)) } }
        gaining = old.flatMap { old in new.map { Self.names($0.subtracting(old)) } }
    }

    private static func members(_ team: TeamName, _ authoring: Authoring) -> Set<Text>? {
        authoring.teams.first { $0.name == team }?.members
    }

    private static func names(_ people: Set<Text>) -> [String] { people.sorted().map(\.string) }

    /// A line each for people.
    public var lines: [String] {
        guard let losing, let gaining else { return ["\(to.sentence), and team \(from.team) no longer"] }
        return ["no longer: \(Self.list(losing))", "from now on: \(Self.list(gaining))"]
    }

    private static func list(_ names: [String]) -> String { names.isEmpty ? "nobody" : names.joined(separator: ", ") }

    public var members: [JSONMember] {
        [
            JSONMember("losing", losing.map { .array($0.map { .string($0) }) } ?? .null),
            JSONMember("gaining", gaining.map { .array($0.map { .string($0) }) } ?? .null),
        ]
    }
}
