import AlmanacClient
import ArgumentParser

struct ContextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "context", abstract: "The authorities that this device is enrolled at.",
        subcommands: [ContextListCommand.self, ContextUseCommand.self], defaultSubcommand: ContextListCommand.self)
}

struct ContextListCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the contexts; a star marks the current one.")

    @OptionGroup var options: GlobalOptions

    func execute(_ console: Console) async throws {
        let store = try options.store()
        let current = try store.current()
        for name in try store.names() {
            let settings = try store.context(name).settings
            if console.isJSON {
                try console.message(
                    "context",
                    [
                        JSONMember("context", .string(name)), JSONMember("current", .boolean(name == current)),
                        JSONMember("address", .string(settings.address)), JSONMember("name", .string(settings.datasetName)),
                        JSONMember("person", .string(settings.person)),
                    ])
            } else {
                try console.line(
                    "\(name == current ? "*" : " ") \(name)  \(settings.address)  \(Visible.text(settings.datasetName))")
            }
        }
    }
}

struct ContextUseCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(commandName: "use", abstract: "Make a context the current one.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The context's name.")
    var name: String

    func execute(_ console: Console) async throws {
        guard let name = ContextName(name) else { throw ClientError.invalidContextName(name) }
        try options.store().use(name)
        if console.isJSON {
            try console.message("summary", [JSONMember("context", .string(name)), JSONMember("current", true)])
        } else {
            try console.line("\(console.glyphs.check) the current context is \(name)")
        }
    }
}
