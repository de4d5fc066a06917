import AlmanacModel

/// What an operation is judged over: the authority's records, or a laptop's with what waits in its outbox. A laptop gives records that
/// have no id yet ids of its own that no record has.
///
/// Nothing is written through it. Errors are those of storage.
public protocol OperationGround {
    var schema: Schema { get }
    /// A record and where it is; nil where there is none.
    func record(_ collection: CollectionID, _ id: RecordID) throws -> PlacedRecord?
    /// The records whose field has this value.
    func records(_ collection: CollectionID, where field: FieldID, is value: Value) throws -> [RecordID]
    /// The record that another operation's change of this index has made; nil if that has not come, or has made none there.
    func made(_ collection: CollectionID, by operation: UniqueID, index: Int) throws -> RecordID?
    /// The streams that a record has left, by deletion or by moving, the last one first.
    func streamsLeft(by id: RecordID, of collection: CollectionID) throws -> [StreamName]
    /// Who last changed a field of a record, or the record where no field is named; nil where that is not known.
    func lastChange(of field: FieldID?, in collection: CollectionID, _ id: RecordID) throws -> LastChange?
    /// An id that no record of the collection ever had.
    func newID(_ collection: CollectionID) throws -> RecordID
    /// What the collection's constraints demand.
    func demands(of collection: Collection) throws -> CollectionDemands
    /// Whether a record of these values is small enough to be kept.
    func fits(_ collection: CollectionID, _ id: RecordID, _ values: [FieldValue]) -> Bool
    /// Whether there is somebody of this name; true where that is not known.
    func isPerson(_ name: Text) throws -> Bool
}

/// A record and the stream in which it is.
public struct PlacedRecord: Hashable, Sendable {
    public let record: Record
    public let stream: StreamName

    public init(_ record: Record, in stream: StreamName) {
        self.record = record
        self.stream = stream
    }
}

/// When something was last changed, and by whom.
public struct LastChange: Hashable, Sendable {
    public let sequence: Sequence
    public let author: Text

    public init(sequence: Sequence, author: Text) {
        self.sequence = sequence
        self.author = author
    }
}

/// What the constraints of a collection demand of its records.
public struct CollectionDemands {
    public let required: Set<FieldID>
    /// The key among them.
    public let unique: Set<FieldID>
    /// The references that have to make a hierarchy.
    public let acyclic: Set<FieldID>
    /// What is wrong with a value, as a sentence goes on that begins with it; nil if nothing is.
    public let problem: (FieldID, Value) -> String?

    public init(
        required: Set<FieldID>, unique: Set<FieldID>, acyclic: Set<FieldID>, problem: @escaping (FieldID, Value) -> String?
    ) {
        self.required = required
        self.unique = unique
        self.acyclic = acyclic
        self.problem = problem
    }
}
