import AlmanacPackage
import AlmanacServer
import ArgumentParser

/// `almanacd init`
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Found a dataset: keys, delegations, the first epoch.")

    @OptionGroup var options: ServerOptions

    @Option(help: ArgumentHelp("The dataset's name, for people.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("Where the root key goes (default: keys/root.key in the data directory).", valueName: "file"))
    var rootKey: String?

    func validate() throws {
        guard (1...128).contains(name.utf8.count) else { throw ValidationError("a dataset's name has 1 to 128 bytes") }
    }

    func run() async throws {
        try await reporting {
            let directory = try await options.settings().directory
            let founding = Founding(directory: directory, name: name, rootKeyPath: rootKey)
            let pin = try founding.found(now: Clock.system.now())
            print("Founded “\(VisibleText.shortened(name, limit: 128))” in \(directory.path)")
            print("Root key SHA256:\(pin)")
            printError(
                "The root key is \(founding.rootKeyPath). Serving does not need it: move it to a medium that you keep offline.")
            printError("Next: almanacd import PACKAGE, almanacd invite NAME, almanacd serve")
        }
    }
}
