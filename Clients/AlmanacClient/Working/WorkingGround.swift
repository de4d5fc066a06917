import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// A replica with what this device has written on top: what the rules read to tell what becomes of the next operation.
final class WorkingGround: OperationGround {
    let snapshot: ReplicaSnapshot
    private let outbox: Outbox?
    private(set) var states: [CollectionID: [RecordID: PlacedRecord?]] = [:]
    private var held: [CollectionID: HeldValues] = [:]
    private var made: [UniqueID: [Int: (CollectionID, RecordID)]] = [:]
    private(set) var ids = ProvisionalIDs()
    /// The ids that the authority has given, for an operation whose receipt is here: the next ones that are drawn.
    var given: [RecordID] = []

    init(_ snapshot: ReplicaSnapshot, _ outbox: Outbox?) {
        self.snapshot = snapshot
        self.outbox = outbox
    }

    var schema: Schema { snapshot.schema }

    // MARK: Reading

    func record(_ collection: CollectionID, _ id: RecordID) throws -> PlacedRecord? {
        if let state = states[collection]?[id] { return state }
        return try snapshot.record(collection, id).map { PlacedRecord($0.record, in: $0.stream) }
    }

    func records(_ collection: CollectionID, where field: FieldID, is value: Value) throws -> [RecordID] {
        let changed = states[collection] ?? [:]
        let stored = try snapshot.records(collection, where: field, is: value).filter { changed[$0] == nil }
        let here = held[collection, default: HeldValues()].holders(of: value, in: field, among: changed)
        return (stored + here).sorted()
    }

    func made(_ collection: CollectionID, by operation: UniqueID, index: Int) throws -> RecordID? {
        if let (found, id) = made[operation]?[index] { return found == collection ? id : nil }
        if let id = try outbox?.made(by: operation, index: index) { return id }
        guard collection == AnnotationSchema.collection else { return nil }
        let uuid = AnnotationIdentity.uuid(of: operation, index: index)
        return try snapshot.records(collection, where: AnnotationSchema.uuid, is: .uuid(uuid)).first
    }

    // What is not here nobody can tell; the authority decides in the end.
    func streamsLeft(by id: RecordID, of collection: CollectionID) throws -> [StreamName] { [] }
    func lastChange(of field: FieldID?, in collection: CollectionID, _ id: RecordID) throws -> LastChange? { nil }
    func isPerson(_ name: Text) throws -> Bool { true }
    func fits(_ collection: CollectionID, _ id: RecordID, _ values: [FieldValue]) -> Bool { true }

    /// What was written is shown as it is; whether the authority takes it is asked before it is written.
    func demands(of collection: Collection) throws -> CollectionDemands {
        CollectionDemands(required: [], unique: [], acyclic: [], problem: { _, _ in nil })
    }

    // MARK: Changing

    func newID(_ collection: CollectionID) throws -> RecordID {
        if collection != ConflictSchema.collection, !given.isEmpty { return given.removeFirst() }
        return try ids.draw(collection)
    }

    func noteMade(_ index: Int, by operation: UniqueID, _ collection: CollectionID, _ id: RecordID) {
        made[operation, default: [:]][index] = (collection, id)
        if ProvisionalIDs.contains(id) { ids.name(id, .made(collection, by: operation, index: index)) }
    }

    func put(_ collection: CollectionID, _ id: RecordID, _ values: [FieldValue], in stream: StreamName) throws {
        let sequence = try record(collection, id)?.record.sequence ?? .zero
        let values = values.sorted { $0.field < $1.field }
        guard let record = AlmanacModel.Record(collection: collection, id: id, sequence: sequence, values: values) else { return }
        set(collection, id, to: PlacedRecord(record, in: stream))
    }

    func remove(_ collection: CollectionID, _ id: RecordID) { set(collection, id, to: nil) }

    private func set(_ collection: CollectionID, _ id: RecordID, to new: PlacedRecord?) {
        let old = states[collection, default: [:]].updateValue(new, forKey: id) ?? nil
        held[collection]?.change(id, from: old, to: new)
    }
}
