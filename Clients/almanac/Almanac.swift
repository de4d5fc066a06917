import AlmanacClient
import ArgumentParser

@main
struct Almanac: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "almanac",
        abstract: "An exact offline copy of an Almanac dataset.",
        discussion: """
            Exit status: 0 done, 1 failed, 3 partly done, 4 not allowed or not enrolled, 5 offline, \
            6 done and conflicts are waiting, 7 not what the authority signed, \
            10 no local copy, 11 another process is syncing, 13 versions do not fit, 64 usage, 130 interrupted.
            """,
        version: Software.version,
        subcommands: [
            EnrolCommand.self, SyncCommand.self, StreamsCommand.self, StatusCommand.self, ChangesCommand.self, QueryCommand.self,
            PathCommand.self, VerifyCommand.self,
            ForgetCommand.self, ContextCommand.self, ExportCommand.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Annotation",
                subcommands: [
                    AnnotateCommand.self, AnnotationsCommand.self, ReplyCommand.self, EditCommand.self, DeleteCommand.self,
                    MoveCommand.self, DoneCommand.self, ReopenCommand.self,
                ]),
            CommandGroup(
                name: "Sharing",
                subcommands: [
                    OutboxCommand.self, ConflictsCommand.self, ResolveCommand.self, NoticesCommand.self, TeamCommand.self,
                ]),
            CommandGroup(
                name: "Curating", subcommands: [SetCommand.self, RemoveCommand.self, AcceptCommand.self, ImportCommand.self]),
            CommandGroup(
                name: "Question",
                subcommands: [
                    ClustersCommand.self, MoversCommand.self, NewcomersCommand.self, EconomiesCommand.self,
                    ConcentrationCommand.self, InvestmentsCommand.self, HubsCommand.self, FrameworksCommand.self,
                    AdviceCommand.self, ShowCommand.self, CompareCommand.self, SearchCommand.self, SourcesCommand.self,
                    WhyCommand.self, ContradictionsCommand.self,
                ]),
        ])

    /// Errors of usage are JSON too where that is asked for.
    static func main() async {
        do {
            var command = try parseAsRoot(GlobalOptions.movedBehindCommand(Array(CommandLine.arguments.dropFirst())))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            // What a command has told of is an exit code by now.
            let isUsage = !(error is ExitCode) && exitCode(for: error) == .validationFailure
            guard isUsage, CommandLine.arguments.contains("--json") else { exit(withError: error) }
            exit(withError: ExitCode(Console(isJSON: true).fail(ClientError.usage(message(for: error))).rawValue))
        }
    }
}
