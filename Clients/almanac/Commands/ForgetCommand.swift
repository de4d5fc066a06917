import AlmanacClient
import ArgumentParser

struct ForgetCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Overwrite and remove the local copy, this device's key, and the context.",
        discussion: "On most disks overwriting is hygiene, not protection: rely on disk encryption.")

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Lose also what was written here and the authority has not taken.")
    var unsent = false

    func execute(_ console: Console) async throws {
        let store = try options.store()
        let context = try store.choose(option: options.context, environment: options.environment).context
        if !yes { try ask(context.name, console) }
        try store.forget(context, withUnsentWork: unsent)
        if console.isJSON {
            try console.message("summary", [JSONMember("context", .string(context.name)), JSONMember("forgotten", true)])
        } else {
            try console.line("\(console.glyphs.check) context \(context.name) is forgotten: copy, key and certificate are gone")
        }
    }

    private func ask(_ name: ContextName, _ console: Console) throws {
        guard StandardStream.input.isTerminal, !console.isJSON else {
            throw ClientError.usage("Without a terminal to ask on, forget needs --yes.")
        }
        console.note("This removes the local copy and this device's key of context \(name). Type its name to go on:")
        guard readLine() == name.rawValue else { throw ClientError.declined }
    }
}
