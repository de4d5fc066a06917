import AlmanacClient
import AlmanacDataset
import AlmanacModel
import AlmanacReplica
import AlmanacRules
import ArgumentParser

struct AnnotationsCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotations", abstract: "What people wrote: as a list, or one thread.",
        discussion: """
            Takes the beginning of an id (a7f3) for a whole thread, or anything that annotate takes for what was written about it and its \
            records. A thread is listed where one of its replies fits, too. Each word of --search has to begin a word of the text, a tag \
            or the target's name.
            """,
        aliases: ["annotation"])

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "An id, or what the annotations are about; none for all.")
    var target: String?

    @Option(help: ArgumentHelp("Only those of this team.", valueName: "name"))
    var team: String?

    @Option(help: ArgumentHelp("Only those with this tag; may be given several times.", valueName: "tag"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("Only those in which this person wrote.", valueName: "person"))
    var author: String?

    @Option(help: "Only this kind: note, question, correction or flag.")
    var kind: AnnotationKind?

    @Flag(help: "Only open threads.")
    var open = false

    @Flag(help: "Only those in which you wrote.")
    var mine = false

    @Flag(help: "Only those that mention you.")
    var mentionsMe = false

    @Flag(help: "Only those whose figures have changed since.")
    var stale = false

    @Flag(help: "Only those whose records are gone, and replies whose threads are.")
    var orphans = false

    @Option(help: ArgumentHelp("Only those with these words; accents and case are optional.", valueName: "words"))
    var search: String?

    @Option(help: ArgumentHelp("Only the last so many.", valueName: "count"))
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit has to be at least 1.") }
        if mine, author != nil { throw ValidationError("--mine and --author exclude each other.") }
    }

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        try context.annotations { book, authoring in
            if let target, let one = try? book.find(target), target.utf8.count >= ShortID.minimumDigits {
                return try show(one, book, authoring, console)
            }
            let threads = try filter(context, authoring).threads(book, AnchorReader(authoring))
            let shown = Array(threads.prefix(limit ?? threads.count))
            let notes = shown.count < threads.count ? ["\(threads.count) fit; these are the last \(shown.count)."] : []
            try console.print(
                Reply(AnnotationAnswer(book, authoring).threads(shown), notes: notes), answers,
                nothing: book.all.isEmpty ? "Nothing was written yet: almanac annotate writes something." : nil)
        }
    }

    private func show(_ annotation: Annotation, _ book: AnnotationBook, _ authoring: Authoring, _ console: Console) throws {
        guard let thread = book.thread(of: annotation) else { return }
        guard !console.isJSON, answers.format == .table else {
            return try console.print(Reply(AnnotationAnswer(book, authoring).annotations(of: thread)), answers)
        }
        for line in try ThreadText(book, authoring, isRaw: answers.raw).lines(thread) { try console.line(line) }
    }

    private func filter(_ context: Context, _ authoring: Authoring) throws -> AnnotationFilter {
        var filter = AnnotationFilter()
        filter.team = try team.map { try authoring.team(named: $0) }
        filter.kind = kind?.rawValue
        filter.isOpen = open
        filter.isStale = stale
        filter.isOrphaned = orphans
        filter.tags = tag
        filter.author = mine ? authoring.person : author
        filter.mentioned = mentionsMe ? authoring.person : nil
        filter.isAbout = try target.map { try about($0, context, authoring) }
        filter.matches = search.map { words in
            let words = SearchWords(words)
            return { words.fit($0) }
        }
        return filter
    }

    /// What is gone is still found by the name that it had.
    private func about(_ target: String, _ context: Context, _ authoring: Authoring) throws -> (Anchor) throws -> Bool {
        do {
            let found = try TargetFinder(authoring.working, names: options.targetNames(context)).find(target)
            let related = RelatedRecords(authoring.working, to: found.record.name)
            return { try related.contains($0.target) }
        } catch {
            guard try context.annotations({ book, _ in book.all.contains { $0.anchor?.name == target } }) else {
                throw ShortID.isLikely(target) ? WritingError.unknownID(target) : error
            }
            return { $0.name == target }
        }
    }
}
