import AlmanacClient
import AlmanacModel
import ArgumentParser

struct EditCommand: AnnotationCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Change the text or the tags of an annotation of yours.",
        discussion: """
            With --tag or --untag alone the text stays as it is; without any of these, VISUAL or EDITOR is opened with it. What somebody \
            else changes meanwhile is merged with it line by line, and where that fails both texts are kept.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The beginning of its id.")
    var id: String

    @Option(help: ArgumentHelp("A tag that it gets; may be given several times.", valueName: "tag"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("A tag that it loses; may be given several times.", valueName: "tag"))
    var untag: [String] = []

    @OptionGroup var text: TextOptions

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let added = tag.map { $0.hasPrefix("+") ? String($0.dropFirst()) : $0 }
        if !text.isGiven, !added.isEmpty || !untag.isEmpty {
            return try save(in: context, console) { try $0.edit(text: nil, adding: added, removing: untag) }
        }
        let (original, audience) = try annotation(in: context) { annotation, change, _ in (annotation.text, try change.audience())
        }
        if let audience { console.announce(audience) }
        let input = TextInput(context: context, options: text, console: console, environment: options.environment)
        try input.use(original: original, comments: []) { text in
            try save(in: context, console) { try $0.edit(text: text, adding: added, removing: untag) }
        }
    }
}
