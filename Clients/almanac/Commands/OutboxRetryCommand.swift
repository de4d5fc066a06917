import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import ArgumentParser

struct OutboxRetryCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Send again what was refused, as a new change.",
        discussion:
            "For when the reason is gone: a right was granted, a record came. The refused one stays in the list with --all.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The beginning of its id.")
    var id: String

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let old = try context.outboxBook().find(id)
        let now = SystemClock.now()
        let saved = try context.retry(old, as: .fresh(), now: now)
        guard !console.isJSON else { return try console.tell(saved, [JSONMember("retry_of", .string(old.id))]) }
        try console.line("\(console.glyphs.check) \(saved.shortID) tries \(id) again; not sent yet")
    }
}
