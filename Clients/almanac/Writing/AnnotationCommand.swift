import AlmanacClient
import AlmanacModel

/// A command that changes an annotation that is there.
protocol AnnotationCommand: AlmanacCommand {
    /// The beginning of its id.
    var id: String { get }
}

extension AnnotationCommand {
    /// Hands over the annotation, with what can be done with it now.
    func annotation<Result>(
        in context: Context, now: Instant = SystemClock.now(), _ body: (Annotation, AnnotationChange, Authoring) throws -> Result
    ) throws -> Result {
        try context.annotations { book, authoring in
            let annotation = try book.find(id)
            let change = AnnotationChange(annotation, in: book, authoring, id: try .fresh(), now: now)
            return try body(annotation, change, authoring)
        }
    }

    /// Proposes and saves.
    func save(
        in context: Context, _ console: Console, _ body: (AnnotationChange) throws -> Proposal
    ) throws {
        let now = SystemClock.now()
        let proposal = try annotation(in: context, now: now) { _, change, _ in try body(change) }
        try console.tell(try context.save(proposal, now: now))
    }
}
