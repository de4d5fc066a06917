import AlmanacClient
import AlmanacModel
import ArgumentParser

struct MoveCommand: AnnotationCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Move a thread of yours to another team.",
        discussion: "Shows first who will see it no longer, and who from now on. The replies go with it.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The beginning of its id.")
    var id: String

    @Option(help: ArgumentHelp("The team that is to see it.", valueName: "team"))
    var to: String

    @Flag(help: "Do not ask.")
    var yes = false

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let (proposal, change) = try annotation(in: context) { annotation, change, authoring in
            let team = try authoring.team(named: to)
            let proposal = try change.move(to: team)
            let audience = try proposal.audience ?? authoring.audience(of: team)
            return (proposal, try annotation.team.map { try AudienceChange(from: $0, to: audience, in: authoring) })
        }
        for line in change?.lines ?? [] { console.note(line) }
        if let caveat = proposal.audience?.caveat { console.warn(caveat) }
        try console.confirm("Move it?", yes: yes, command: "move")
        try console.tell(try context.save(proposal, now: SystemClock.now()), change?.members ?? [])
    }
}
