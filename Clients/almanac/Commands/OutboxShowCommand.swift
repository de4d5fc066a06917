import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import ArgumentParser

struct OutboxShowCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "One change, whole.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The beginning of its id.")
    var id: String

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let book = try context.outboxBook()
        let entry = try book.find(id)
        if console.isJSON {
            return try context.withOperationText { try console.message("change", OutboxAnswer(book).members(entry, $0)) }
        }
        try console.line("\(book.shortID(of: entry))  \(Visible.text(entry.summary.string))")
        try console.line("written \(entry.added); \(Visible.text(book.progress(of: entry).words))")
        let operation = try entry.operation.decode()
        if let message = operation.message { try console.line("message: \(Visible.text(message.string))") }
        try context.withOperationText { text in
            for line in text.lines(operation) { try console.line(line) }
        }
        if case .refused = book.progress(of: entry) {
            console.note("Next: almanac outbox retry \(book.shortID(of: entry)), or drop it")
        }
    }
}

extension Context {
    /// With the names of the records that are here; without any before the first sync.
    func withOperationText<Result>(_ body: (OperationText) throws -> Result) throws -> Result {
        guard try ReplicaStatus.replica(of: self) != nil else { return try body(OperationText(nil)) }
        return try authoring { try body(OperationText($0.working)) }
    }
}
