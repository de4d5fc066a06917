import AlmanacModel

/// Reads the fields of a Table Schema.
enum ResourceFields {
    static let knownOfSchema: Set<String> = [
        "fields", "primaryKey", "foreignKeys", "missingValues", "fieldsMatch", "uniqueKeys", "$schema",
    ]

    static func read(
        _ schema: Descriptor, of resource: Identifier, key: Identifier, foreignKeys: ForeignKeys
    ) throws(PackageError) -> [ResourceField] {
        try checkMatch(schema)
        let descriptors = try schema.required(try schema.objects("fields"), "fields")
        guard descriptors.count <= Int(FieldID.maximum) else {
            throw schema.refuse(.tooManyFields(limit: Int(FieldID.maximum)), at: "fields")
        }
        let context = FieldContext(
            resource: resource, key: key, foreignKeys: foreignKeys, missingValues: try missingValues(schema) ?? [""],
            uniqueKeys: try uniqueKeys(schema))
        var fields: [ResourceField] = []
        for descriptor in descriptors {
            fields.append(try distinct(ResourceField(descriptor: descriptor, in: context), from: fields, descriptor))
        }
        try checkNames(fields, schema, key: key, context)
        return fields
    }

    static func missingValues(_ descriptor: Descriptor) throws(PackageError) -> [Text]? {
        try descriptor.texts("missingValues")
    }

    private static func distinct(
        _ field: ResourceField, from fields: [ResourceField], _ descriptor: Descriptor
    ) throws(PackageError) -> ResourceField {
        guard !fields.contains(where: { $0.name == field.name }) else {
            throw descriptor.refuse(.repeatedName(field.name.rawValue), at: "name")
        }
        if let id = field.id, fields.contains(where: { $0.id == id }) {
            throw descriptor.refuse(.repeatedID(UInt64(id.rawValue)), at: "almanac:id")
        }
        return field
    }

    private static func checkMatch(_ schema: Descriptor) throws(PackageError) {
        let rules = try schema.oneOrMoreStrings("fieldsMatch") ?? []
        for rule in rules where rule != "exact" && rule != "equal" { throw schema.refuse(.fieldsMatch(rule), at: "fieldsMatch") }
    }

    private static func uniqueKeys(_ schema: Descriptor) throws(PackageError) -> Set<Text> {
        var fields: Set<Text> = []
        for element in try schema.array("uniqueKeys") ?? [] {
            guard case .array(let names) = element, names.count == 1, case .text(let name) = names[0] else {
                throw schema.refuse(.compositeKey, at: "uniqueKeys")
            }
            fields.insert(name)
        }
        return fields
    }

    private static func checkNames(
        _ fields: [ResourceField], _ schema: Descriptor, key: Identifier, _ context: FieldContext
    ) throws(PackageError) {
        let names = Set(fields.map { Text($0.name.rawValue) })
        guard names.contains(Text(key.rawValue)) else {
            throw schema.refuse(.unknownField(key.rawValue), at: "primaryKey")
        }
        for name in context.foreignKeys.fields where !names.contains(Text(name)) {
            throw schema.refuse(.unknownField(name), at: "foreignKeys")
        }
        for name in context.uniqueKeys.sorted() where !names.contains(name) {
            throw schema.refuse(.unknownField(name.string), at: "uniqueKeys")
        }
    }
}

/// What a table says about its fields beside them.
struct FieldContext {
    let resource: Identifier
    let key: Identifier
    let foreignKeys: ForeignKeys
    let missingValues: [Text]
    let uniqueKeys: Set<Text>
}
