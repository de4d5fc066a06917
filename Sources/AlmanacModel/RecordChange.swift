/// What a delta says of one record of a stream.
public enum RecordChange: Hashable, Sendable {
    /// The whole record: every field is replaced, an absent one becomes null.
    case whole(Record)
    /// The fields that changed after the base.
    case patch(RecordPatch)
    /// The record is no longer in the stream.
    case tombstone(Tombstone)

    public var collection: CollectionID {
        switch self {
        case .whole(let record): record.collection
        case .patch(let patch): patch.collection
        case .tombstone(let tombstone): tombstone.collection
        }
    }

    public var id: RecordID {
        switch self {
        case .whole(let record): record.id
        case .patch(let patch): patch.id
        case .tombstone(let tombstone): tombstone.id
        }
    }

    public var sequence: Sequence {
        switch self {
        case .whole(let record): record.sequence
        case .patch(let patch): patch.sequence
        case .tombstone(let tombstone): tombstone.sequence
        }
    }

    /// Its place in the stream's order.
    public var position: Position { Position(sequence: sequence, collection: collection, record: id) }
}

/// Some fields of a record that the receiver has.
public struct RecordPatch: Hashable, Sendable {
    public let collection: CollectionID
    public let id: RecordID
    public let sequence: Sequence
    /// By field, ascending.
    public let fields: [PatchedField]

    /// Nil unless the fields are strictly ascending.
    public init?(collection: CollectionID, id: RecordID, sequence: Sequence, fields: [PatchedField]) {
        for (field, next) in zip(fields, fields.dropFirst()) where field.field >= next.field { return nil }
        self.collection = collection
        self.id = id
        self.sequence = sequence
        self.fields = fields
    }
}

/// The new state of one field; nil means null.
public struct PatchedField: Hashable, Sendable {
    public let field: FieldID
    public let value: Value?

    public init(_ field: FieldID, _ value: Value?) {
        self.field = field
        self.value = value
    }
}

/// What stays in a stream when a record is deleted or moves away: never where to.
public struct Tombstone: Hashable, Sendable {
    public let collection: CollectionID
    public let id: RecordID
    public let sequence: Sequence

    public init(collection: CollectionID, id: RecordID, sequence: Sequence) {
        self.collection = collection
        self.id = id
        self.sequence = sequence
    }
}
