import AlmanacClient
import AlmanacModel
import ArgumentParser

struct ReplyCommand: AnnotationCommand {
    static let configuration = CommandConfiguration(
        commandName: "reply", abstract: "Reply to an annotation.",
        discussion: "Whoever sees the thread sees the reply. Without a text, VISUAL or EDITOR is opened.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The beginning of its id.")
    var id: String

    @Option(help: ArgumentHelp("A tag; may be given several times.", valueName: "tag"))
    var tag: [String] = []

    @OptionGroup var text: TextOptions

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let (comments, audience) = try annotation(in: context) { annotation, change, _ in
            (
                ["reply to \(annotation.author), who wrote:", ""] + annotation.text.split(separator: "\n").map(String.init),
                try change.audience()
            )
        }
        if let audience { console.announce(audience) }
        let input = TextInput(context: context, options: text, console: console, environment: options.environment)
        try input.use(comments: comments) { text in
            try save(in: context, console) { try $0.reply(text, tags: tag) }
        }
    }
}
