import AlmanacClient
import ArgumentParser
import Foundation

/// What every command understands.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Which authority; else ALMANAC_CONTEXT, else the current context, else the only one.", valueName: "name"))
    var context: String?

    @Flag(help: "JSON Lines on standard output, one object a line, errors included.")
    var json = false

    @Flag(help: "ASCII only, no colour, no progress.")
    var plain = false

    var environment: [String: String] { ProcessInfo.processInfo.environment }

    func store() throws -> ContextStore { ContextStore(directories: try ClientDirectories(environment: environment)) }

    func chosen() throws -> ChosenContext { try store().choose(option: context, environment: environment) }

    /// The parser knows these options behind a command; people write them before it as well.
    static func movedBehindCommand(_ arguments: [String]) -> [String] {
        var leading: [String] = []
        var rest = arguments[...]
        while let first = rest.first, first == "--json" || first == "--plain" || first.hasPrefix("--context") {
            leading.append(rest.removeFirst())
            if first == "--context", !rest.isEmpty { leading.append(rest.removeFirst()) }
        }
        let configuration = Almanac.configuration
        let commands = (configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)).compactMap {
            $0.configuration.commandName
        }
        guard let command = rest.first, commands.contains(command) else { return Array(rest) }
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return Array(rest[..<end] + leading + rest[end...])
    }
}
