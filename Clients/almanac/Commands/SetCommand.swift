import AlmanacClient
import AlmanacModel
import AlmanacReplica
import ArgumentParser

struct SetCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change fields of a record of the dataset, as a curator.",
        discussion: """
            FIELD=VALUE sets a field, FIELD+=ELEMENT and FIELD-=ELEMENT change a set; a reference is the other record's key. Types and \
            constraints are checked here. All of it is one commit with its message. A record that is not there is made by almanac import.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The record, as almanac annotate takes it.")
    var target: String

    @Argument(help: ArgumentHelp("What its fields are to be.", valueName: "field=value"))
    var assignments: [String] = []

    @Option(help: ArgumentHelp("A field that is to hold nothing; may be given several times.", valueName: "field"))
    var unset: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Why, for the history.", valueName: "text"))
    var message: String

    @Option(
        help: ArgumentHelp(
            "Where the value comes from: a key where the records have a field source, else words for the history.",
            valueName: "source"))
    var source: String?

    func validate() throws {
        if assignments.isEmpty, unset.isEmpty { throw ValidationError("Say what is to change: FIELD=VALUE, or --unset FIELD.") }
    }

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let parsed = try assignments.map { text in
            guard let assignment = Assignment(text) else { throw CuratingError.notAnAssignment(text) }
            return assignment
        }
        let now = SystemClock.now()
        let (proposal, edit) = try context.authoring { authoring in
            try Curation(authoring, id: .fresh(), now: now).set(
                TargetFinder(authoring.working, names: options.targetNames(context)).find(target), parsed, unset: unset,
                message: message, source: source)
        }
        let saved = try context.save(proposal, now: now)
        try console.tell(saved, [JSONMember("target", .string(edit.target.name)), JSONMember("fields", edit.json)])
        guard !console.isJSON else { return }
        for difference in edit.differences { try console.line("    \(Visible.text(difference.withField))") }
    }
}

extension RecordEdit {
    fileprivate var json: JSONValue {
        .object(differences.map { JSONMember($0.field, ["from": .string($0.seen), "to": .string($0.now)]) })
    }
}
