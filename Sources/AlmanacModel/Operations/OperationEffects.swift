/// What an accepted operation does to the authority's records: what the rules answer, and a store carries out.
public struct OperationEffects: Hashable, Sendable {
    /// One change of a record.
    public enum Write: Hashable, Sendable {
        /// The whole state of a record, and the stream in which it is to be.
        case put(CollectionID, RecordID, [FieldValue], in: StreamName)
        case delete(CollectionID, RecordID)

        public var collection: CollectionID {
            switch self {
            case .put(let collection, _, _, _), .delete(let collection, _): collection
            }
        }
    }

    /// The record that a change of an operation has made.
    public struct Made: Hashable, Sendable {
        /// The index of the change, from 0.
        public let index: Int
        public let collection: CollectionID
        public let record: RecordID

        public init(index: Int, collection: CollectionID, record: RecordID) {
            self.index = index
            self.collection = collection
            self.record = record
        }
    }

    /// In the order in which they are carried out; every record that a put changes really changes.
    public var writes: [Write] = []
    /// In the order of the operation's changes.
    public var made: [Made] = []
    /// The records of the conflicts that keep what could not be merged, in the order of the changes.
    public var conflicts: [RecordID] = []
    /// What was done, for the commit, where the operation has no message of its own.
    public var summary = ""
    /// Whose correction a curator has accepted with it; nil in all other cases.
    public var correctionBy: String?

    public init() {}

    /// Whether it changes the dataset itself: then it is a commit of its own.
    public var changesDataset: Bool { writes.contains { !$0.collection.isSystem } }
}
