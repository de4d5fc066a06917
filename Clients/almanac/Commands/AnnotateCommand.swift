import AlmanacClient
import AlmanacRules
import ArgumentParser

struct AnnotateCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotate", abstract: "Write a note, a question, a correction or a flag on a record, for a team.",
        discussion: """
            The target is a subject as almanac show takes it (cluster/tokyo-yokohama), any record by COLLECTION/KEY or COLLECTION/ID, or a \
            contradiction (contradiction/c02). The annotation remembers what you see there now. It is saved here, with or without a \
            network, and the next sync sends it. Without a text, VISUAL or EDITOR is opened.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "What it is about.")
    var target: String

    @Option(help: ArgumentHelp("One field of the record.", valueName: "name"))
    var field: String?

    @Option(help: ArgumentHelp("Who will see it; not needed by who belongs to one team alone.", valueName: "name"))
    var team: String?

    @Option(help: "note, question, correction or flag.")
    var kind = AnnotationKind.note

    @Option(help: ArgumentHelp("A tag; may be given several times.", valueName: "tag"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("What a correction proposes for the field.", valueName: "value"))
    var value: String?

    @Option(help: ArgumentHelp("Where a correction's value comes from.", valueName: "text"))
    var source: String?

    @OptionGroup var text: TextOptions

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let input = TextInput(context: context, options: text, console: console, environment: options.environment)
        let (given, now) = (try input.given(), SystemClock.now())
        let (annotation, proposal) = try context.authoring { authoring in
            let annotation = try begun(context, authoring)
            let proposal: Proposal? = try given.map { text in
                try annotation.proposal(text, authoring, id: .fresh(), now: now)
            }
            return (annotation, proposal)
        }
        console.announce(annotation.audience)
        let saved = if let proposal { try context.save(proposal, now: now) } else { try write(annotation, input, context) }
        try console.tell(
            saved, [JSONMember("target", .string(annotation.target.name)), JSONMember("kind", .string(kind.rawValue))])
    }

    private func begun(_ context: Context, _ authoring: Authoring) throws -> NewAnnotation {
        try NewAnnotation(
            kind, of: TargetFinder(authoring.working, names: options.targetNames(context)).find(target, field: field),
            for: authoring.team(named: team), tags: tag, value: value, source: source, in: authoring)
    }

    /// Much may have happened while somebody wrote; the annotation remembers what they saw when they began.
    private func write(_ annotation: NewAnnotation, _ input: TextInput, _ context: Context) throws -> SavedChange {
        try input.edited("", comments(annotation)) { text in
            let now = SystemClock.now()
            let proposal = try context.authoring { try annotation.proposal(text, $0, id: .fresh(), now: now) }
            return try context.save(proposal, now: now)
        }
    }

    private func comments(_ annotation: NewAnnotation) -> [String] {
        ["\(kind.rawValue) on \(annotation.target.title)", annotation.audience.sentence]
    }
}

extension AnnotationKind: ExpressibleByArgument {}
