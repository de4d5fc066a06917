import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// An annotation as it stands here, with what waits in the outbox on top.
public struct Annotation: Hashable, Sendable {
    public let name: RecordName
    /// The operation that made it: what people know it by.
    public let id: UniqueID
    public let stream: StreamName
    public let kind: String
    public let author: String
    public let created: Instant?
    public let edited: Instant?
    public let text: String
    public let tags: [String]
    public let mentions: [String]
    /// What it replies to; nil for the first of a thread.
    public let parent: ProposedValue?
    /// How far its thread has come; replies have none.
    public let state: String?
    public let closedBy: String?
    public let anchor: Anchor?
    public let correction: String?
    public let source: String?
    /// How far it has come on its way to the authority; nil for what has arrived.
    public let pending: PendingState?

    /// Nil for a record without an id to know it by. `pending` is what the outbox says of it.
    init?(_ record: WorkingRecord, person: String, pending: PendingChange?) {
        func text(_ field: FieldID) -> String? {
            if case .text(let text)? = record[field] { text.string } else { nil }
        }
        func texts(_ field: FieldID) -> [String] {
            if case .textSet(let set)? = record[field] { set.elements.map(\.string) } else { [] }
        }
        func instant(_ field: FieldID) -> Instant? {
            if case .instant(let instant)? = record[field] { instant } else { nil }
        }
        guard let id = Self.id(of: record) else { return nil }
        let isOwn = if case .made = record.name { true } else { false }
        let body = text(AnnotationSchema.text) ?? ""
        name = record.name
        self.id = id
        stream = record.stream
        kind = text(AnnotationSchema.kind) ?? AnnotationKind.note.rawValue
        author = text(AnnotationSchema.author) ?? (isOwn ? person : "?")
        created = instant(AnnotationSchema.created) ?? (isOwn ? pending?.made : nil)
        edited = instant(AnnotationSchema.edited)
        self.text = body
        tags = texts(AnnotationSchema.tags)
        // The authority fills them in from the text.
        mentions = isOwn ? Mentions.names(in: body).elements.map(\.string) : texts(AnnotationSchema.mentions)
        parent = record.proposed(AnnotationSchema.parent)
        state = text(AnnotationSchema.state) ?? (parent == nil ? AnnotationState.open.rawValue : nil)
        closedBy = text(AnnotationSchema.closedBy)
        anchor = Anchor(record)
        correction = text(AnnotationSchema.correction)
        source = text(AnnotationSchema.source)
        self.pending = pending?.state
    }

    private static func id(of record: WorkingRecord) -> UniqueID? {
        if case .uuid(let id)? = record[AnnotationSchema.uuid] { return id }
        if case .made(_, let operation, let index) = record.name { return AnnotationIdentity.uuid(of: operation, index: index) }
        return nil
    }

    public var team: TeamName? { stream.team }

    public var isReply: Bool { parent != nil }

    public var isOpen: Bool { state == AnnotationState.open.rawValue }

    /// The first line in which something stands.
    public var firstLine: String {
        text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }.map(String.init) ?? ""
    }

    /// The first line, with a mark where the text goes on.
    public var opening: String {
        let lines = text.split(whereSeparator: \.isNewline).count { !$0.allSatisfy(\.isWhitespace) }
        return lines > 1 ? "\(firstLine) …" : firstLine
    }
}
