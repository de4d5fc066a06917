import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// What somebody types as a field's value, by the field's type and constraints.
public struct ProposedText {
    private let working: any WorkingRecords

    public init(_ working: any WorkingRecords) { self.working = working }

    /// The value that the text stands for; a reference is written as the key of its record. Throws ``WritingError/badValue(_:field:_:)``.
    public func value(_ text: String, of field: Field, in collection: Collection) throws -> Value {
        let name = "\(field.name) of \(collection.name)"
        do {
            switch try TypedValue.read(text, of: field, isKey: collection.key == field.id) {
            case .value(let value): return value
            case .key(let key): return .reference(try record(key, field, name))
            case .absent: throw WritingError.badValue(text, field: name, "is empty")
            }
        } catch let rule as ImportRule {
            throw WritingError.badValue(text, field: name, rule.description)
        }
    }

    private func record(_ key: Text, _ field: Field, _ name: String) throws -> RecordID {
        guard let other = field.type.referencedCollection.flatMap(working.schema.collection),
            let record = try working.record(other.id, key: key)
        else {
            let other = field.type.referencedCollection.flatMap(working.schema.collection)?.name.rawValue ?? "a collection"
            throw WritingError.badValue(key.string, field: name, "is not the key of any record of \(other)")
        }
        guard case .id(_, let id) = record.name else { throw WritingError.targetNotSent(key.string) }
        return id
    }
}
