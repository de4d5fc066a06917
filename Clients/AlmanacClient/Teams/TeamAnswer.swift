import AlmanacModel
import AlmanacReplica

/// Teams, and the people of one, as tables.
public enum TeamAnswer {
    public static func teams(_ teams: [KnownTeam], of person: String) -> Answer {
        Answer(
            kind: "team",
            columns: [
                .init("name", "team"), .init("title", nil, .prose), .init("people"), .init("you"), .init("owners", nil, .list),
                .init("members", nil, .hiddenList),
            ],
            rows: teams.map { team in
                [
                    .text(team.name.rawValue), team.title.map { .text($0) } ?? .null, .integer(Int64(team.members.count)),
                    role(of: Text(person), in: team).map { .text($0) } ?? .null, list(team.owners), list(team.members),
                ]
            })
    }

    public static func members(of team: KnownTeam) -> Answer {
        Answer(
            kind: "member", columns: [.init("person"), .init("role")],
            rows: team.members.sorted().map { [.text($0.string), .text(role(of: $0, in: team) ?? "member")] })
    }

    private static func role(of person: Text, in team: KnownTeam) -> String? {
        team.owners.contains(person) ? "owner" : team.members.contains(person) ? "member" : nil
    }

    private static func list(_ people: Set<Text>) -> Answer.Cell {
        .text(JSONValue.array(people.sorted().map { .string($0.string) }).text)
    }
}
