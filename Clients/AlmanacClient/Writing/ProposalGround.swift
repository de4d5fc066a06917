import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacRules
import AlmanacWire

/// What an operation is judged over before it is saved: the records as their reader has them here. Those that have no id yet get numbers
/// for the while.
final class ProposalGround: OperationGround {
    private let working: any WorkingRecords
    private var names: [RecordID: RecordName] = [:]
    private var numbers: [RecordName: RecordID] = [:]
    private var next = Int64.max - 1

    init(_ working: any WorkingRecords) { self.working = working }

    var schema: Schema { working.schema }

    func record(_ collection: CollectionID, _ id: RecordID) throws -> PlacedRecord? {
        // A number that was drawn for a new record: there is nothing to read, and nothing that waits has to be carried out for it.
        if id.rawValue > next, names[id] == nil { return nil }
        guard let record = try working.record(names[id] ?? .id(collection, id)) else { return nil }
        return try placed(record, as: id)
    }

    func records(_ collection: CollectionID, where field: FieldID, is value: Value) throws -> [RecordID] {
        // A new annotation has a UUID that was drawn for it: nothing else has it, and nothing needs to be read for that.
        if collection == AnnotationSchema.collection, field == AnnotationSchema.uuid { return [] }
        if schema.collection(collection)?.key == field, case .text(let key) = value {
            return try working.record(collection, key: key).map { [try number(of: $0.name)] } ?? []
        }
        return try working.records(of: collection).filter { $0[field] == value }.map { try number(of: $0.name) }
    }

    func made(_ collection: CollectionID, by operation: UniqueID, index: Int) throws -> RecordID? {
        try working.record(.made(collection, by: operation, index: index)).map { try number(of: $0.name) }
    }

    /// Who writes here has just seen the record.
    func streamsLeft(by id: RecordID, of collection: CollectionID) -> [StreamName] { [] }

    func lastChange(of field: FieldID?, in collection: CollectionID, _ id: RecordID) -> LastChange? { nil }

    func newID(_ collection: CollectionID) throws -> RecordID {
        defer { next -= 1 }
        guard let id = RecordID(next) else { throw OperationRejection(.invalid, "it makes too many records: make fewer") }
        return id
    }

    func demands(of collection: Collection) throws -> CollectionDemands {
        let rules = try CollectionRules(collection)
        return CollectionDemands(required: Set(rules.required.map(\.id)), unique: rules.unique, acyclic: rules.acyclic) {
            rules.violation(of: $0, by: $1)?.description
        }
    }

    func fits(_ collection: CollectionID, _ id: RecordID, _ values: [FieldValue]) -> Bool {
        guard let record = Record(collection: collection, id: id, sequence: Sequence(.max), values: values) else { return false }
        return CanonicalRecord.byteCount(of: record) <= Caps.record
    }

    /// Only the authority knows everybody.
    func isPerson(_ name: Text) -> Bool { true }

    // MARK: Numbers

    private func number(of name: RecordName) throws -> RecordID {
        if case .id(_, let id) = name { return id }
        if let known = numbers[name] { return known }
        let id = try newID(name.collection)
        names[id] = name
        numbers[name] = id
        return id
    }

    private func placed(_ record: WorkingRecord, as id: RecordID) throws -> PlacedRecord? {
        let collection = schema.collection(record.name.collection)
        let values = try record.values.compactMap { field -> FieldValue? in
            switch field.value {
            case nil: return nil
            case .value(let value): return FieldValue(field.field, value)
            case .made(let operation, let index):
                guard let target = collection?.field(field.field)?.type.referencedCollection else { return nil }
                return FieldValue(field.field, .reference(try number(of: .made(target, by: operation, index: index))))
            }
        }
        return Record(collection: record.name.collection, id: id, sequence: record.sequence, values: values).map {
            PlacedRecord($0, in: record.stream)
        }
    }
}
