import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// What somebody writes about a record, before it has a text.
public struct NewAnnotation: Sendable {
    public let kind: AnnotationKind
    public let target: RecordTarget
    public let audience: Audience
    public let tags: TextSet
    /// What a correction proposes, as text.
    public let correction: String?
    public let source: String?

    /// Throws ``WritingError`` for what can be known to be wrong before there is a text.
    public init(
        _ kind: AnnotationKind, of target: RecordTarget, for team: TeamName, tags: [String] = [], value: String? = nil,
        source: String? = nil, in authoring: Authoring
    ) throws {
        self.kind = kind
        self.target = target
        self.tags = TextSet(tags.map { Text($0) })
        self.source = source
        audience = try authoring.audience(of: team, about: target.record.stream)
        correction = try value.map { try Self.checked($0, target, authoring) }
        if kind == .correction, target.field == nil || value == nil {
            throw ClientError.usage("A correction proposes a value for a field: it needs --field and --value.")
        }
        guard kind == .correction || value == nil && source == nil else {
            throw ClientError.usage("--value and --source belong to --kind correction.")
        }
        // Before somebody writes a long text: with any text, it would be taken.
        _ = try proposal("…", authoring, id: .fresh(), now: SystemClock.now())
    }

    /// The value as the field's type writes it.
    private static func checked(_ text: String, _ target: RecordTarget, _ authoring: Authoring) throws -> String {
        guard let field = target.field else { return text }
        let value = try ProposedText(authoring.working).value(text, of: field, in: target.collection)
        let shown = try ValueText(authoring.working).text(value, of: field)
        guard try shown != ValueText(authoring.working).text(of: field, in: target.record) else {
            throw WritingError.badValue(text, field: "\(field.name) of \(target.name)", "is what it holds already")
        }
        return shown
    }

    /// With its text. Throws ``WritingError``.
    public func proposal(_ text: String, _ authoring: Authoring, id: UniqueID, now: Instant) throws -> Proposal {
        let change = Change.make(
            AnnotationSchema.collection, in: .team(audience.team),
            values: try values(text, authoring).sorted { $0.field < $1.field })
        return try authoring.propose(
            [change], summary: "\(kind.rawValue) on \(target.title)", audience: audience, id: id, now: now)
    }

    private func values(_ text: String, _ authoring: Authoring) throws -> [ProposedField] {
        var values = [
            ProposedField(AnnotationSchema.kind, kind.value), ProposedField(AnnotationSchema.text, .text(Text(text))),
            ProposedField(AnnotationSchema.targetCollection, .integer(Int64(target.collection.id.rawValue))),
            ProposedField(AnnotationSchema.targetRecord, target.number),
            ProposedField(AnnotationSchema.targetName, .text(Text(cutting: target.name, to: Self.nameLimit))),
            ProposedField(AnnotationSchema.seenSequence, .integer(Int64(clamping: target.record.sequence.rawValue))),
        ]
        if !tags.elements.isEmpty { values.append(ProposedField(AnnotationSchema.tags, .textSet(tags))) }
        if let field = target.field {
            values.append(ProposedField(AnnotationSchema.targetField, .integer(Int64(field.id.rawValue))))
        }
        if let seen = try seen(authoring) { values.append(ProposedField(AnnotationSchema.seen, .text(Text(seen)))) }
        if let correction { values.append(ProposedField(AnnotationSchema.correction, .text(Text(correction)))) }
        if let source { values.append(ProposedField(AnnotationSchema.source, .text(Text(source)))) }
        return values
    }

    /// In bytes.
    static let nameLimit = 512

    private func seen(_ authoring: Authoring) throws -> String? {
        let values = ValueText(authoring.working)
        guard let field = target.field else { return SeenRecord.text(of: try values.texts(of: target.record)) }
        let text = try values.text(of: field, in: target.record)
        return text.flatMap { $0.utf8.count <= SeenRecord.fieldLimit ? $0 : nil }
    }
}
