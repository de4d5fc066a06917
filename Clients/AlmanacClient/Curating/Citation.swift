import AlmanacModel
import AlmanacReplica

/// Where a changed figure comes from: a source that the dataset lists, or words for the commit.
enum Citation {
    /// The field of a collection in which the source of its records stands.
    static let field = "source"

    /// The assignment that names a source of the dataset in the record; nil where the collection has no such field.
    static func assignment(_ source: String, in collection: Collection) -> Assignment? {
        collection.field(named: field) == nil ? nil : Assignment("\(field)=\(source)")
    }

    /// The same where the dataset lists a source of this key; nil for one that it does not know.
    static func knownAssignment(_ source: String, in collection: Collection, _ working: any WorkingRecords) throws -> Assignment?
    {
        guard let target = collection.field(named: field)?.type.referencedCollection,
            try working.record(target, key: Text(source)) != nil
        else { return nil }
        return assignment(source, in: collection)
    }

    static func message(_ text: String, source: String?) -> Text {
        Text(source.map { "\(text) (source: \($0))" } ?? text)
    }
}
