import AlmanacClient
import AlmanacReplica
import ArgumentParser

struct DeleteCommand: AnnotationCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete an annotation: your own, or any of a team that you own.",
        discussion:
            "What was never sent is gone at once. Where its author changes it meanwhile, it stays, and that is a conflict.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The beginning of its id.")
    var id: String

    @Flag(help: "Do not ask.")
    var yes = false

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let (proposal, unsent, question) = try annotation(in: context) { annotation, change, authoring in
            (
                try change.delete(), try context.unsentOperations(of: annotation),
                "Delete this \(annotation.kind): “\(Visible.text(annotation.opening))”?"
            )
        }
        try console.confirm(question, yes: yes, command: "delete")
        guard let unsent else { return try console.tell(try context.save(proposal, now: SystemClock.now())) }
        try context.drop(unsent)
        if console.isJSON {
            try console.message("dropped", [JSONMember("operations", .array(unsent.map { .string($0) }))])
        } else {
            try console.line("\(console.glyphs.check) deleted; it was never sent")
        }
    }
}
