import AlmanacClient
import AlmanacModel
import AlmanacReplica
import ArgumentParser

struct AcceptCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Take a correction over into the dataset, as a curator.",
        discussion: """
            The figure and the state of the correction change in one commit, which credits its author and you. A source that the dataset \
            lists by this key becomes the record's source; any other is named in the commit.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The beginning of the correction's id.")
    var id: String

    @Option(name: .shortAndLong, help: ArgumentHelp("What to say of it in the history.", valueName: "text"))
    var message: String?

    @Flag(help: "Do not ask where the figure has changed since the correction was written.")
    var yes = false

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let now = SystemClock.now()
        let acceptance = try context.annotations { book, authoring in
            let annotation = try book.find(id)
            return try Curation(authoring, id: .fresh(), now: now).accept(
                annotation, called: book.shortID(of: annotation), message: message)
        }
        if let caveat = acceptance.caveat {
            try console.confirm("\(Visible.text(caveat)). Accept it all the same?", yes: yes, command: "accept")
        }
        let saved = try context.save(acceptance.proposal, now: now)
        guard !console.isJSON else {
            return try console.tell(saved, [JSONMember("correction_by", .string(acceptance.author))])
        }
        try console.line("\(console.glyphs.check) \(Visible.text(saved.entry.summary.string)); not sent yet")
        try console.line("    credit: \(Visible.text(acceptance.author)), and you")
    }
}
