import AlmanacClient
import ArgumentParser

struct NoticesCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "notices",
        abstract: "What the last syncs have told: replies, mentions, conflicts, accepted corrections, revised figures, refusals.",
        discussion: """
            Each was told once, after the sync that brought it. The last 200 can be read again, the newest last, as long as what they \
            are about is here.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("Only the last so many.", valueName: "count"))
    var limit = 20

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit has to be at least 1.") }
    }

    func execute(_ console: Console) async throws {
        let told = try options.chosen().context.toldNotices()
        if told.isEmpty { console.note("Nothing was told of what is here.") }
        for (time, notice) in told.suffix(limit) {
            if console.isJSON {
                try console.message("notice", [JSONMember("time", .string(time))] + notice.members)
            } else {
                try console.line("\(time.prefix(16).replacing("T", with: " "))Z  \(Visible.text(notice.sentence))")
            }
        }
    }
}
