import AlmanacModel
import AlmanacReplica

/// What an annotation points at, with what its author saw there.
public struct Anchor: Hashable, Sendable {
    public let collection: CollectionID
    public let target: RecordName
    /// Nil for the whole record.
    public let field: FieldID?
    /// What the record was called.
    public let name: String
    /// The field's value, or a JSON object of the whole record's; nil for null, and for a record that was too large.
    public let seen: String?
    public let seenSequence: Sequence?

    /// Nil for an annotation that points at nothing, such as a reply.
    init?(_ annotation: WorkingRecord) {
        func integer(_ field: FieldID) -> Int64? {
            if case .integer(let number)? = annotation[field] { number } else { nil }
        }
        func text(_ field: FieldID) -> String? {
            if case .text(let text)? = annotation[field] { text.string } else { nil }
        }
        guard
            let collection = integer(AnnotationSchema.targetCollection).flatMap({ UInt64(exactly: $0) }).flatMap(
                CollectionID.init),
            let target = Self.target(annotation.proposed(AnnotationSchema.targetRecord), collection)
        else { return nil }
        self.collection = collection
        self.target = target
        field = integer(AnnotationSchema.targetField).flatMap { UInt64(exactly: $0) }.flatMap(FieldID.init)
        name = text(AnnotationSchema.targetName) ?? Self.fallback(target)
        seen = text(AnnotationSchema.seen)
        seenSequence = integer(AnnotationSchema.seenSequence).flatMap { UInt64(exactly: $0) }.map { Sequence($0) }
    }

    /// A record that was written here has no number before the authority has it.
    private static func target(_ value: ProposedValue?, _ collection: CollectionID) -> RecordName? {
        switch value {
        case .value(.integer(let number)): RecordID(number).map { .id(collection, $0) }
        case .made(let operation, let index): .made(collection, by: operation, index: index)
        default: nil
        }
    }

    private static func fallback(_ target: RecordName) -> String {
        switch target {
        case .id(let collection, let id): "\(collection)/\(id)"
        case .made(let collection, let operation, _): "\(collection)/\(operation)"
        }
    }

    /// With the field, for people.
    public func title(_ schema: Schema) -> String {
        guard let field else { return name }
        return "\(name), \(schema.collection(collection)?.field(field)?.name.rawValue ?? "field \(field)")"
    }
}
