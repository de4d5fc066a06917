import AlmanacClient
import AlmanacReplica
import ArgumentParser

struct OutboxListCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What is not done with: waiting, sent, applied and not here yet, refused.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Flag(help: "Also what is done with; it is kept for 400 days, for an authority that has to be restored.")
    var all = false

    func execute(_ console: Console) async throws {
        let book = try options.chosen().context.outboxBook()
        let shown = all ? book.entries : book.open
        if shown.isEmpty, !console.isJSON, answers.format == .table { return console.note("Nothing waits here.") }
        try console.print(Reply(OutboxAnswer(book).answer(shown)), answers)
    }
}
