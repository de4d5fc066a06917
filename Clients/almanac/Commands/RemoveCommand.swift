import AlmanacClient
import AlmanacModel
import AlmanacReplica
import ArgumentParser

struct RemoveCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a record from the dataset, as a curator.",
        discussion: "Nothing may refer to it any more. Where somebody changes it meanwhile it stays, and that is a conflict.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The record, as almanac annotate takes it.")
    var target: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Why, for the history.", valueName: "text"))
    var message: String

    @Flag(help: "Do not ask.")
    var yes = false

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let now = SystemClock.now()
        let (proposal, name) = try context.authoring { authoring in
            let found = try TargetFinder(authoring.working, names: options.targetNames(context)).find(target)
            return (try Curation(authoring, id: .fresh(), now: now).remove(found, message: message), found.name)
        }
        try console.confirm("Remove \(Visible.text(name)) from the dataset?", yes: yes, command: "remove")
        try console.tell(try context.save(proposal, now: now), [JSONMember("target", .string(name))])
    }
}
