import AlmanacModel

/// A change of one record with everything looked up that it names: what permissions are asked for.
public enum ResolvedChange: Hashable, Sendable {
    /// A new record, where it is to be.
    case make(CollectionID, in: StreamName, values: [FieldValue])
    /// A record as it stands, where it is, and what each field that is touched is to be: of a set all its elements, as they would be
    /// afterwards; nil means null.
    case edit(Record, in: StreamName, [PatchedField])
    case delete(Record, in: StreamName)
    case move(Record, from: StreamName, to: StreamName)

    public var collection: CollectionID {
        switch self {
        case .make(let collection, _, _): collection
        case .edit(let record, _, _), .delete(let record, _), .move(let record, _, _): record.collection
        }
    }

    public var action: Action {
        switch self {
        case .make: .make
        case .edit: .edit
        case .delete: .delete
        case .move: .move
        }
    }

    /// What is done to a record.
    public enum Action: String, Hashable, Sendable {
        case make, edit, delete, move
    }
}
