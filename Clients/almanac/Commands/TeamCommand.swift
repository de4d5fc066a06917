import AlmanacClient
import AlmanacModel
import AlmanacReplica
import ArgumentParser

struct TeamCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "team", abstract: "Teams, and who belongs to them.",
        discussion: """
            Administrators make teams; they and a team's owners say who belongs to it. Like everything that is written here a change is \
            saved at once and sent by the next sync; what people may read follows within seconds of that.
            """,
        subcommands: [
            TeamListCommand.self, TeamMembersCommand.self, TeamCreateCommand.self, TeamAddCommand.self, TeamRemoveCommand.self,
        ],
        defaultSubcommand: TeamListCommand.self)
}

struct TeamListCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The teams that are known here.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    func execute(_ console: Console) async throws {
        try options.chosen().context.authoring { authoring in
            try console.print(
                Reply(TeamAnswer.teams(authoring.teams, of: authoring.person)), answers,
                nothing: "There is no team here yet: administrators make them, by almanac team create.")
        }
    }
}

struct TeamMembersCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(commandName: "members", abstract: "The people of one team.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "The team.")
    var name: String

    func execute(_ console: Console) async throws {
        try options.chosen().context.authoring { authoring in
            guard let team = authoring.teams.first(where: { $0.name.rawValue == name }) else {
                throw WritingError.unknownTeam(name, known: authoring.teams.map(\.name))
            }
            try console.print(Reply(TeamAnswer.members(of: team)), answers)
        }
    }
}

/// A command that changes a team.
protocol TeamChangeCommand: AlmanacCommand {}

extension TeamChangeCommand {
    func save(_ console: Console, _ change: (TeamChange) throws -> Proposal) throws {
        let context = try options.chosen().context
        let now = SystemClock.now()
        let proposal = try context.authoring { try change(TeamChange($0, id: .fresh(), now: now)) }
        let saved = try context.save(proposal, now: now)
        guard !console.isJSON else { return try console.tell(saved) }
        try console.line("\(console.glyphs.check) \(Visible.text(saved.entry.summary.string)); not sent yet")
    }
}

struct TeamCreateCommand: TeamChangeCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Make a team, as an administrator.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Lower-case letters, digits and hyphens.")
    var name: String

    @Option(help: ArgumentHelp("Who says who belongs to it; may be given several times.", valueName: "person"))
    var owner: [String]

    @Option(help: ArgumentHelp("Who belongs to it beside its owners; may be given several times.", valueName: "person"))
    var member: [String] = []

    @Option(help: ArgumentHelp("What people call it.", valueName: "text"))
    var title: String?

    func validate() throws {
        if owner.isEmpty { throw ValidationError("A team needs an owner: --owner PERSON.") }
    }

    func execute(_ console: Console) async throws {
        try save(console) { try $0.create(name, title: title, owners: owner, members: member) }
    }
}

struct TeamAddCommand: TeamChangeCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Let somebody belong to a team.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The team.")
    var name: String

    @Argument(help: "The person, as they were invited.")
    var person: String

    @Flag(help: "Also as one of those who say who belongs to it.")
    var owner = false

    func execute(_ console: Console) async throws { try save(console) { try $0.add(person, to: name, asOwner: owner) } }
}

struct TeamRemoveCommand: TeamChangeCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Let somebody no longer belong to a team.",
        discussion: "What they wrote stays. Their copies lose the team's streams at their next sync.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The team.")
    var name: String

    @Argument(help: "The person.")
    var person: String

    func execute(_ console: Console) async throws { try save(console) { try $0.remove(person, from: name) } }
}
