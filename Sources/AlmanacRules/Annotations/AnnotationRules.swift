import AlmanacModel

/// What a valid annotation is.
public enum AnnotationRules {
    public static let tagLimit = 64

    /// What its author writes and nobody else changes.
    public static let authored: Set<FieldID> = [
        AnnotationSchema.kind, AnnotationSchema.text, AnnotationSchema.tags, AnnotationSchema.correction, AnnotationSchema.source,
    ]

    /// What the authority sets by itself, from who does what and when.
    public static let derived: Set<FieldID> = [
        AnnotationSchema.uuid, AnnotationSchema.author, AnnotationSchema.created, AnnotationSchema.edited,
        AnnotationSchema.mentions,
        AnnotationSchema.closedBy,
    ]

    /// What is said of a thread as a whole, and so not in a reply.
    public static let ofThread: [FieldID] = [
        AnnotationSchema.state, AnnotationSchema.closedBy, AnnotationSchema.targetCollection, AnnotationSchema.targetRecord,
        AnnotationSchema.targetField, AnnotationSchema.targetName, AnnotationSchema.seen, AnnotationSchema.seenSequence,
    ]

    /// What somebody proposes as a new annotation in this stream. For a reply the stream of what it replies to is needed.
    ///
    /// A thread begins open, whether it says so or not.
    public static func checkMaking(
        _ values: [FieldValue], in stream: StreamName, parentIn parentStream: StreamName?
    ) throws(RuleViolation) {
        if let value = values.first(where: { derived.contains($0.field) }) { throw .notSettable(collection, value.field) }
        try check(values)
        if let state = values[AnnotationSchema.state], state != AnnotationState.open.value {
            throw .notAmong(collection, AnnotationSchema.state, [AnnotationState.open.rawValue])
        }
        if values[AnnotationSchema.parent] != nil, let parentStream, parentStream != stream {
            throw .replyElsewhere(parentStream)
        }
    }

    /// Replies stand where their thread does, and move with it.
    public static func checkMoving(_ annotation: Record, from stream: StreamName) throws(RuleViolation) {
        if annotation[AnnotationSchema.parent] != nil { throw .replyElsewhere(stream) }
    }

    /// The whole annotation, as it would stand afterwards.
    public static func check(_ values: [FieldValue]) throws(RuleViolation) {
        try RecordShape.check(values, of: collection)
        guard let text = values[AnnotationSchema.text]?.text else { throw .missing(collection, AnnotationSchema.text) }
        if isBlank(text) { throw .blank(collection, AnnotationSchema.text) }
        guard let kind = values[AnnotationSchema.kind]?.text.flatMap({ AnnotationKind(rawValue: $0.string) }) else {
            throw .notAmong(collection, AnnotationSchema.kind, AnnotationKind.allCases.map(\.rawValue))
        }
        if let state = values[AnnotationSchema.state]?.text, AnnotationState(rawValue: state.string) == nil {
            throw .notAmong(collection, AnnotationSchema.state, AnnotationState.allCases.map(\.rawValue))
        }
        try checkTags(values[AnnotationSchema.tags]?.elements ?? [])
        if values[AnnotationSchema.parent] != nil, let field = ofThread.first(where: { values[$0] != nil }) {
            throw .notInReply(field)
        }
        try checkTarget(values)
        if kind == .correction { try checkCorrection(values) }
    }

    static let collection = AnnotationSchema.collection

    /// 1 to 64 bytes, without white space and control characters.
    public static func isTag(_ text: Text) -> Bool {
        RecordShape.isShortName(text) && !text.string.unicodeScalars.contains(where: \.properties.isWhitespace)
    }

    private static func checkTags(_ tags: [Text]) throws(RuleViolation) {
        guard tags.count <= tagLimit else { throw .tooMany(collection, AnnotationSchema.tags, maximum: tagLimit) }
        if let tag = tags.first(where: { !isTag($0) }) { throw .malformed(collection, AnnotationSchema.tags, tag) }
    }

    static func isBlank(_ text: Text) -> Bool { text.string.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
