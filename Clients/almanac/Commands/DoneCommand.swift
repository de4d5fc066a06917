import AlmanacClient
import AlmanacModel
import AlmanacRules
import ArgumentParser

struct DoneCommand: AnnotationCommand {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Say that a thread is resolved.",
        discussion: "Everybody in its team may; almanac reopen undoes it.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The beginning of its id.")
    var id: String

    func execute(_ console: Console) async throws {
        try save(in: options.chosen().context, console) { try $0.state(.resolved) }
    }
}
