import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacServer
import ArgumentParser

/// `almanacd teams`
struct TeamsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "teams", abstract: "List the teams, make one, say who belongs to it.",
        discussion: """
            What a team writes is in the stream team/NAME, for its members alone; who belongs to it is in roster/NAME. Who is taken out \
            reads nothing new from then on; what is on their devices already stays there.
            """,
        subcommands: [List.self, Create.self, Add.self, Remove.self], defaultSubcommand: List.self)
}

extension TeamsCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the teams.")

        @OptionGroup var options: ServerOptions

        @Flag(help: "A line of JSON for each.")
        var json = false

        func run() async throws {
            try await reporting {
                let store = try await options.settings().directory.openStore()
                defer { try? store.close() }
                let teams = try store.teams().all
                guard !json else { return try teams.forEach { print(try JSONLine.text(Report($0))) } }
                guard !teams.isEmpty else { return printError("There is no team yet: almanacd teams create NAME --owner PERSON") }
                AlignedColumns.lines([["team", "owners", "members", "title"]] + teams.map(Self.row)).forEach { print($0) }
            }
        }

        private static func row(_ team: Team) -> [String] {
            [
                team.name.rawValue, shown(team.owners), shown(team.members.filter { !team.owners.contains($0) }),
                VisibleText.shortened(team.title ?? ""),
            ]
        }

        private static func shown(_ people: [String]) -> String {
            people.map { VisibleText.shortened($0, limit: 64) }.joined(separator: ", ")
        }
    }

    private struct Report: Encodable {
        let messageType = "team"
        let name: String
        let title: String?
        let owners: [String]
        let members: [String]

        init(_ team: Team) {
            (name, title, owners, members) = (team.name.rawValue, team.title, team.owners, team.members)
        }
    }
}
