import AlmanacModel
import AlmanacReplica

/// Annotations as tables: a row a thread, or a row an annotation.
public struct AnnotationAnswer {
    private let book: AnnotationBook
    private let anchors: AnchorReader
    private let working: any WorkingRecords
    private var schema: Schema { working.schema }

    public init(_ book: AnnotationBook, _ authoring: Authoring) {
        self.book = book
        anchors = AnchorReader(authoring)
        working = authoring.working
    }

    /// A row a thread, with its replies counted.
    public func threads(_ threads: [AnnotationThread]) throws -> Answer {
        Answer(kind: "annotation", columns: Self.columns, rows: try threads.map { try row($0.head, replies: $0.replies.count) })
    }

    /// Those about the record of this key, and about records that refer to it. Nil where there is no such record.
    public func threads(about key: String, in collection: String) throws -> Answer? {
        guard let collection = schema.collection(named: collection),
            let record = try working.record(collection.id, key: Text(key))
        else { return nil }
        let related = RelatedRecords(working, to: record.name)
        return try threads(book.threads.filter { try $0.head.anchor.map { try related.contains($0.target) } ?? false })
    }

    /// A row for each annotation of a thread, the first one first, for programs.
    public func annotations(of thread: AnnotationThread) throws -> Answer {
        Answer(
            kind: "annotation", columns: Self.columns,
            rows: try [row(thread.head, replies: thread.replies.count)] + thread.replies.map { try row($0, replies: nil) })
    }

    /// What people need most comes first: a narrow terminal leaves out the last ones.
    private static let columns: [Answer.Column] = [
        .init("id"), .init("when"), .init("author", "who"), .init("team"), .init("target", nil, .prose),
        .init("opening", "text", .prose), .init("note", nil, .prose), .init("pending"), .init("kind"), .init("state"),
        .init("replies"), .init("tags", nil, .list),
        .init("first_line", nil, .hidden), .init("uuid", nil, .hidden), .init("text", nil, .hidden),
        .init("created", nil, .hidden),
        .init("edited", nil, .hidden), .init("mentions", nil, .hiddenList), .init("parent", nil, .hidden),
        .init("closed_by", nil, .hidden), .init("target_collection", nil, .hidden), .init("target_id", nil, .hidden),
        .init("target_field", nil, .hidden), .init("seen", nil, .hidden), .init("correction", nil, .hidden),
        .init("source", nil, .hidden), .init("anchor", nil, .hidden),
    ]

    private func row(_ annotation: Annotation, replies: Int?) throws -> [Answer.Cell] {
        let anchor = annotation.anchor
        let state = try anchor.map(anchors.state)
        let isLost = book.hasLostThread(annotation)
        let note = isLost ? AnnotationBook.lostThread : anchor.flatMap { anchor in state.flatMap { $0.sentence(of: anchor) } }
        return [
            .text(book.shortID(of: annotation)), cell(annotation.created.map(Self.minute)), .text(annotation.author),
            cell(annotation.team?.rawValue), cell(anchor?.title(schema)), .text(annotation.opening), cell(note),
            cell(annotation.pending?.rawValue), .text(annotation.kind), cell(annotation.state),
            replies.map { .integer(Int64($0)) } ?? .null, list(annotation.tags),
            .text(annotation.firstLine), .text(annotation.id.description),
            .text(annotation.text), cell(annotation.created?.description), cell(annotation.edited?.description),
            list(annotation.mentions), cell(parent(annotation)?.description), cell(annotation.closedBy),
        ] + cells(anchor) + [
            cell(annotation.correction), cell(annotation.source), cell(isLost ? AnchorState.gone.code : state?.code),
        ]
    }

    private func cells(_ anchor: Anchor?) -> [Answer.Cell] {
        let collection = anchor.flatMap { schema.collection($0.collection) }
        let id: Answer.Cell = if case .id(_, let id)? = anchor?.target { .integer(id.rawValue) } else { .null }
        let field = anchor?.field.flatMap { collection?.field($0) }
        return [cell(collection?.name.rawValue), id, cell(field?.name.rawValue), cell(anchor?.seen)]
    }

    /// The annotation that it replies to, where that is here.
    private func parent(_ annotation: Annotation) -> UniqueID? { book.parent(of: annotation)?.id }

    private func cell(_ text: String?) -> Answer.Cell { text.map { .text($0) } ?? .null }

    private func list(_ texts: [String]) -> Answer.Cell {
        texts.isEmpty ? .null : .text(JSONValue.array(texts.map { .string($0) }).text)
    }

    /// `2026-11-21 09:12Z`
    static func minute(_ instant: Instant) -> String {
        String(instant.description.prefix(16)).replacing("T", with: " ") + "Z"
    }
}
