import AlmanacClient
import AlmanacReplica
import ArgumentParser

struct ConflictsCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts", abstract: "Where two versions are kept, until somebody says which is to stand.",
        discussion: """
            Mine is what the author of the later change wrote, whoever reads it; server is what stands in the record. Without --all the open \
            ones that wait for you: your own, those of your teams, and those over the dataset if you are a curator.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Flag(help: "All that are here, resolved ones too.")
    var all = false

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        try context.annotations { annotations, authoring in
            let book = try ConflictBook(authoring)
            let shown = all ? book.all : book.waiting
            let text = ConflictText(authoring, annotations, now: SystemClock.now(), isRaw: answers.raw)
            guard !console.isJSON, answers.format == .table else {
                return try console.print(Reply(ConflictAnswer(authoring, text).answer(shown)), answers)
            }
            if shown.isEmpty { return console.note(all ? "There is no conflict." : "No conflict waits for you.") }
            for line in try shown.flatMap(text.lines) { try console.line(line) }
        }
    }
}
