import AlmanacModel
import AlmanacReplica

/// The values of records as people read and write them: references as keys.
public struct ValueText {
    private let working: any WorkingRecords

    public init(_ working: any WorkingRecords) { self.working = working }

    /// What a field of a record holds; nil for null.
    public func text(of field: Field, in record: WorkingRecord) throws -> String? {
        switch record.proposed(field.id) {
        case nil: nil
        case .value(let value): try text(value, of: field)
        case .made(let operation, _): operation.description
        }
    }

    /// A value that such a field holds.
    public func text(_ value: Value, of field: Field) throws -> String {
        guard case .reference(let id) = value, let collection = field.type.referencedCollection else { return value.description }
        return try key(of: .id(collection, id)) ?? id.description
    }

    /// The key of a record; nil where it has none, or is not here.
    public func key(of name: RecordName) throws -> String? {
        guard let field = working.schema.collection(name.collection)?.key, let record = try working.record(name),
            case .text(let key)? = record[field]
        else { return nil }
        return key.string
    }

    /// Everything that a record holds, by the names of its fields.
    public func texts(of record: WorkingRecord) throws -> [String: String] {
        guard let collection = working.schema.collection(record.name.collection) else { return [:] }
        var texts: [String: String] = [:]
        for field in collection.fields { texts[field.name.rawValue] = try text(of: field, in: record) }
        return texts
    }
}
