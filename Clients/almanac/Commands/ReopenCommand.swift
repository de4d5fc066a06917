import AlmanacClient
import AlmanacModel
import AlmanacRules
import ArgumentParser

struct ReopenCommand: AnnotationCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: "Open a thread again that was resolved.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The beginning of its id.")
    var id: String

    func execute(_ console: Console) async throws {
        try save(in: options.chosen().context, console) { try $0.state(.open) }
    }
}
