/// What an operation does to one record.
public enum Change: Hashable, Sendable {
    /// A new record. `stream` says where it is to be, for collections whose records are where their makers put them (annotations);
    /// nil for those whose stream follows from the schema. Values ascend by field.
    case make(CollectionID, in: StreamName?, values: [ProposedField])
    /// Some fields of a record, ascending.
    case edit(RecordName, [FieldEdit])
    /// Removes a record. Where one of these fields, ascending, has another value by then, the record stays and the conflict is kept.
    case delete(RecordName, seen: [ProposedField])
    /// Puts a record into another stream. Where it has left the first one by then, the conflict is kept.
    case move(RecordName, from: StreamName, to: StreamName)
    /// Changes nothing: the author saw the record in this stream. Where it has left it by then, the edits of it that follow in the
    /// operation are kept as conflicts for their author alone, who wrote them for those who read the stream.
    case see(RecordName, in: StreamName)
}

/// How an operation names a record.
public enum RecordName: Hashable, Sendable {
    /// One that the authority has given an id.
    case id(CollectionID, RecordID)
    /// The one that an operation's change of this index, from 0, makes or has made.
    case made(CollectionID, by: UniqueID, index: Int)

    public var collection: CollectionID {
        switch self {
        case .id(let collection, _), .made(let collection, _, _): collection
        }
    }
}

/// A value that an operation proposes or rests on.
public enum ProposedValue: Hashable, Sendable {
    case value(Value)
    /// A reference to a record that an operation's change of this index makes or has made: its id is not known yet.
    case made(by: UniqueID, index: Int)
}

/// What one field is to be, or was seen to be; nil means null.
public struct ProposedField: Hashable, Sendable {
    public let field: FieldID
    public let value: ProposedValue?

    public init(_ field: FieldID, _ value: ProposedValue?) {
        self.field = field
        self.value = value
    }

    public init(_ field: FieldID, _ value: Value) { self.init(field, .value(value)) }
}

/// The change of one field.
public struct FieldEdit: Hashable, Sendable {
    public let field: FieldID
    public let kind: Kind

    public enum Kind: Hashable, Sendable {
        /// From the value that its author saw to another one; nil means null.
        case value(base: ProposedValue?, new: ProposedValue?)
        /// Elements of a text set that come and go; no element does both.
        case elements(added: TextSet, removed: TextSet)
    }

    public init(_ field: FieldID, _ kind: Kind) {
        self.field = field
        self.kind = kind
    }
}
