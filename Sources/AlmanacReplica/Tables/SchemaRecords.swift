import AlmanacModel

/// Makes the records that describe a collection.
enum SchemaRecords {
    static func values(of collection: Collection) -> [FieldValue] {
        typealias Fields = SystemSchema.CollectionField
        return compact([
            (Fields.name, .text(Text(collection.name.rawValue))),
            (Fields.title, text(collection.title)),
            (Fields.description, text(collection.description)),
            (Fields.stream, .text(Text(collection.stream.rawValue))),
            (Fields.partition, collection.partition.map { .integer(Int64($0.rawValue)) }),
            (Fields.key, collection.key.map { .integer(Int64($0.rawValue)) }),
            (Fields.properties, text(collection.properties)),
        ])
    }

    static func values(of field: Field, in collection: CollectionID) -> [FieldValue] {
        typealias Fields = SystemSchema.FieldField
        return compact([
            (Fields.collection, reference(collection)),
            (Fields.number, .integer(Int64(field.id.rawValue))),
            (Fields.name, .text(Text(field.name.rawValue))),
            (Fields.type, .integer(Int64(field.type.code))),
            (Fields.references, field.type.referencedCollection.flatMap(reference)),
            (Fields.title, text(field.title)),
            (Fields.description, text(field.description)),
            (Fields.mergeRule, .text(Text(field.mergeRule.rawValue))),
            (Fields.properties, text(field.properties)),
        ])
    }

    private static func compact(_ values: [(FieldID, Value?)]) -> [FieldValue] {
        values.compactMap { field, value in value.map { FieldValue(field, $0) } }
    }

    private static func text(_ string: String) -> Value? { string.isEmpty ? nil : .text(Text(string)) }

    private static func reference(_ collection: CollectionID) -> Value? {
        RecordID(Int64(collection.rawValue)).map(Value.reference)
    }
}
