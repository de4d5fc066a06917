import AlmanacClient
import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import ArgumentParser

struct ImportCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Change the dataset from a CSV file, as a curator.",
        discussion: """
            The header names fields of the collection; the key column finds the record. Keys that are not there yet become new records, \
            fields that differ are changed, and records that the file does not name stay as they are. An empty cell is nothing, a \
            reference is the other record's key. Where something is wrong with any row nothing is saved, and every problem is named. All of \
            it is one commit.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Argument(help: "A CSV file.")
    var file: String

    @Option(help: ArgumentHelp("The collection.", valueName: "collection"))
    var into: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Why, for the history.", valueName: "text"))
    var message: String?

    @Option(help: ArgumentHelp("Where it comes from, for the history.", valueName: "source"))
    var source: String?

    @Flag(help: "Say what would change, and save nothing.")
    var dryRun = false

    func validate() throws {
        if message == nil, !dryRun { throw ValidationError("A commit needs -m MESSAGE; --dry-run does without.") }
    }

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let now = SystemClock.now()
        let proposal = try context.authoring { authoring -> Proposal? in
            let id = try UniqueID.fresh()
            let collection = try authoring.collection(named: into)
            let plan = try TableImport(file, into: collection, authoring, id: id).plan()
            guard plan.report.isEmpty else {
                try tell(plan.report, console)
                throw CuratingError.problems(plan.report.total)
            }
            if dryRun {
                try console.print(Reply(ImportAnswer.answer(plan)), answers)
                console.note("\(into): \(plan.summary). Nothing was saved.")
            }
            let isEmpty = plan.rows.isEmpty
            if isEmpty, dryRun { return nil }
            let proposal = try Curation(authoring, id: id, now: now).carryOut(
                plan, into: collection, message: message ?? "", source: source)
            return dryRun ? nil : proposal
        }
        guard let proposal else { return }
        let saved = try context.save(proposal, now: now)
        guard !console.isJSON else { return try console.tell(saved) }
        try console.line(
            "\(console.glyphs.check) \(saved.shortID) saved here; \(Visible.text(saved.entry.summary.string)); not sent yet")
    }

    private func tell(_ report: ProblemReport, _ console: Console) throws {
        if console.isJSON {
            for problem in report.problems { try console.message("problem", problem.members) }
        } else {
            for line in report.description.split(separator: "\n") { console.note(String(line)) }
        }
    }
}
