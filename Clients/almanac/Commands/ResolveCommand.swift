import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacRules
import ArgumentParser

struct ResolveCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Say which version of a conflict is to stand.",
        discussion: """
            mine writes it over the server's; server leaves what stands there; both keeps the server's text of an annotation and makes the \
            other one a reply; edit takes a text that you make of both, by -m or in VISUAL or EDITOR.

            Where the annotation was deleted or moved out of reach, mine and edit make a new one of the text. Where a record was to be \
            deleted and has changed, mine deletes it as it is now, server keeps it. Both versions stay in the conflict's record.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "As almanac conflicts shows it: c1.")
    var id: String

    @Option(help: "mine, server, both or edit.")
    var keep: ConflictChoice

    @Option(help: ArgumentHelp("For a new annotation, where there may be several teams.", valueName: "name"))
    var team: String?

    @OptionGroup var text: TextOptions

    func validate() throws {
        if text.isGiven, keep != .edit { throw ValidationError("A text belongs to --keep edit.") }
    }

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let conflict = try context.authoring { try ConflictBook($0).find(id) }
        guard keep == .edit else { return try save(conflict, nil, context, console) }
        let input = TextInput(context: context, options: text, console: console, environment: options.environment)
        try input.use(original: ConflictDraft.text(conflict), comments: ["Make one text of both."]) { text in
            guard !ConflictDraft.isUnfinished(text) else {
                throw ClientError.usage("The marks of the two texts still stand there. Nothing was saved.")
            }
            try save(conflict, text, context, console)
        }
    }

    private func save(_ conflict: Conflict, _ text: String?, _ context: Context, _ console: Console) throws {
        let now = SystemClock.now()
        let resolution = try context.authoring { authoring in
            try ConflictResolution(conflict, authoring, team: team, id: .fresh(), now: now).resolve(keep, text: text)
        }
        let saved = try context.save(resolution.proposal, now: now)
        let sentence = resolution.sentence(saved)
        guard !console.isJSON else {
            return try console.tell(
                saved,
                [
                    JSONMember("conflict", .string(conflict.shortID)), JSONMember("kept", .string(resolution.kept)),
                    JSONMember("sentence", .string(sentence)),
                ])
        }
        try console.line("\(console.glyphs.check) \(Visible.text(sentence))")
    }
}

extension ConflictChoice: ExpressibleByArgument {}
