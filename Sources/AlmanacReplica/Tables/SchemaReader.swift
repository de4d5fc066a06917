import AlmanacModel

/// Makes the schema of its records.
enum SchemaReader {
    /// Everything that the schema's records describe, Almanac's own collections included. `malformed` makes the error for records
    /// that do not make a schema.
    static func schema(_ tables: RecordTables, malformed: (String) -> ReplicaError = ReplicaError.damaged) throws -> Schema {
        do {
            return try schema(tables)
        } catch let error as Malformed {
            throw malformed("the schema: \(error.what)")
        }
    }

    /// The column that a field's record describes, and whose it is; nil where the record does not say, names a type without columns,
    /// or a collection of Almanac's own, whose columns are fixed. Half a schema, as it stands between two windows, has columns too.
    static func column(_ record: Record) -> (collection: CollectionID, column: CollectionLayout.Column)? {
        typealias Fields = SystemSchema.FieldField
        guard let collection = reference(record, Fields.collection), !collection.isSystem,
            let field = integer(record, Fields.number).flatMap(FieldID.init),
            let type = integer(record, Fields.type).flatMap(UInt8.init(exactly:)).flatMap(ValueType.init(rawValue:))
        else { return nil }
        return (collection, CollectionLayout.Column(field: field, type: type))
    }

    /// The number that a field's record gives it.
    static func number(_ record: Record) -> FieldID? {
        integer(record, SystemSchema.FieldField.number).flatMap(FieldID.init)
    }

    /// Records that do not make a schema.
    private struct Malformed: Error {
        let what: String

        init(_ what: String) { self.what = what }

        init(_ record: Record, _ what: String) { self.what = "record \(record.id) of collection \(record.collection): \(what)" }
    }

    private static func schema(_ tables: RecordTables) throws -> Schema {
        var fields: [CollectionID: [Field]] = [:]
        try tables.table(SystemSchema.field).forEach { stored in
            guard let collection = reference(stored.record, SystemSchema.FieldField.collection) else {
                throw Malformed(stored.record, "it names no collection")
            }
            let field = try field(stored.record)
            guard !fields[collection, default: []].contains(where: { $0.id == field.id }) else {
                throw Malformed(stored.record, "field \(field.id) of collection \(collection) is described twice")
            }
            fields[collection, default: []].append(field)
        }
        var collections: [Collection] = Schema.system.collections
        try tables.table(SystemSchema.collection).forEach { stored in
            collections.append(try collection(stored.record, fields: fields))
        }
        guard let schema = Schema(collections) else {
            throw Malformed("two collections have one name, or a reference points to a collection that is not there")
        }
        return schema
    }

    private static func field(_ record: Record) throws -> Field {
        typealias Fields = SystemSchema.FieldField
        guard let number = number(record), let name = text(record, Fields.name).flatMap({ Identifier($0) }),
            let code = integer(record, Fields.type).flatMap(UInt8.init(exactly:)),
            let type = FieldType(code: code, references: reference(record, Fields.references))
        else { throw Malformed(record, "number, name, type and reference do not make a field") }
        return Field(
            id: number, name: name, type: type, title: text(record, Fields.title) ?? "",
            description: text(record, Fields.description) ?? "",
            mergeRule: text(record, Fields.mergeRule).flatMap(MergeRule.init) ?? .scalar,
            properties: text(record, Fields.properties) ?? "")
    }

    private static func collection(_ record: Record, fields: [CollectionID: [Field]]) throws -> Collection {
        typealias Fields = SystemSchema.CollectionField
        guard let id = CollectionID(UInt64(record.id.rawValue)), id.rawValue >= CollectionID.firstOfPackages,
            let name = text(record, Fields.name).flatMap({ Identifier($0) }),
            let stream = text(record, Fields.stream).flatMap({ StreamName($0) }),
            let collection = Collection(
                id: id, name: name, stream: stream, partition: integer(record, Fields.partition).flatMap(FieldID.init),
                key: integer(record, Fields.key).flatMap(FieldID.init), title: text(record, Fields.title) ?? "",
                description: text(record, Fields.description) ?? "", properties: text(record, Fields.properties) ?? "",
                fields: fields[id] ?? [])
        else { throw Malformed(record, "id, name, stream and fields do not make a collection") }
        return collection
    }

    private static func text(_ record: Record, _ field: FieldID) -> String? {
        if case .text(let text)? = record[field] { text.string } else { nil }
    }

    private static func integer(_ record: Record, _ field: FieldID) -> UInt64? {
        if case .integer(let integer)? = record[field] { UInt64(exactly: integer) } else { nil }
    }

    private static func reference(_ record: Record, _ field: FieldID) -> CollectionID? {
        guard case .reference(let id)? = record[field] else { return nil }
        return CollectionID(UInt64(id.rawValue))
    }
}
