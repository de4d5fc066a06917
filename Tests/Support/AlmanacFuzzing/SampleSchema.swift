import AlmanacModel

/// A collection with a field of every type.
enum SampleSchema {
    static let collection: Collection? = {
        guard let id = CollectionID(16), let name = Identifier("figures"), let key = FieldID(1),
            let stream = StreamName("figures")
        else { return nil }
        let types: [(String, FieldType)] = [
            ("key", .text), ("subject", .reference(id)), ("year", .integer), ("value", .decimal), ("note", .text), ("day", .date),
            ("moment", .instant), ("identity", .uuid), ("content", .bytes), ("tags", .textSet), ("sure", .boolean),
        ]
        var fields: [Field] = []
        for (index, (name, type)) in types.enumerated() {
            guard let id = FieldID(UInt64(index + 1)), let name = Identifier(name) else { return nil }
            fields.append(Field(id: id, name: name, type: type))
        }
        return Collection(id: id, name: name, stream: stream, key: key, fields: fields)
    }()
}
