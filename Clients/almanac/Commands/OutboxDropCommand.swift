import AlmanacClient
import AlmanacModel
import AlmanacReplica
import ArgumentParser

struct OutboxDropCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Remove a change that was never sent, or that was refused; nothing of it remains.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The beginning of its id.")
    var id: String

    @Flag(help: "Do not ask.")
    var yes = false

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let book = try context.outboxBook()
        let entry = try book.find(id)
        let shortID = book.shortID(of: entry)
        try console.confirm(
            "Remove \(shortID) (\(Visible.text(entry.summary.string)))? Nothing of it remains.", yes: yes, command: "outbox drop")
        try context.drop([entry.id])
        guard !console.isJSON else { return try console.message("dropped", [JSONMember("id", .string(entry.id))]) }
        try console.line("\(console.glyphs.check) \(shortID) is removed")
    }
}
