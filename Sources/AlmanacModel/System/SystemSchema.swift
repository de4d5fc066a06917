/// Almanac's own collections, as the specification fixes them. Those that describe a dataset travel in ``StreamName/reference``; those in
/// which people work together stand in ``TeamSchema``, ``AnnotationSchema`` and ``ConflictSchema``.
public enum SystemSchema {
    /// One record a collection; its record id is the collection's id.
    public static let collection = CollectionID(fixed: 1)
    /// One record a field.
    public static let field = CollectionID(fixed: 2)
    /// One record, of id 1: the data package itself.
    public static let package = CollectionID(fixed: 3)

    public enum CollectionField {
        public static let name = FieldID(fixed: 1)
        public static let title = FieldID(fixed: 2)
        public static let description = FieldID(fixed: 3)
        public static let stream = FieldID(fixed: 4)
        public static let partition = FieldID(fixed: 5)
        public static let key = FieldID(fixed: 6)
        public static let properties = FieldID(fixed: 7)
    }

    public enum FieldField {
        public static let collection = FieldID(fixed: 1)
        public static let number = FieldID(fixed: 2)
        public static let name = FieldID(fixed: 3)
        public static let type = FieldID(fixed: 4)
        public static let references = FieldID(fixed: 5)
        public static let title = FieldID(fixed: 6)
        public static let description = FieldID(fixed: 7)
        public static let mergeRule = FieldID(fixed: 8)
        public static let properties = FieldID(fixed: 9)
    }

    public enum PackageField {
        public static let name = FieldID(fixed: 1)
        public static let title = FieldID(fixed: 2)
        public static let description = FieldID(fixed: 3)
        public static let version = FieldID(fixed: 4)
        public static let openStreams = FieldID(fixed: 5)
        public static let properties = FieldID(fixed: 6)
    }

    static let collections = describing + [TeamSchema.definition, AnnotationSchema.definition, ConflictSchema.definition]

    private static let describing = [
        make(
            collection, "schema_collection", key: CollectionField.name,
            [
                (CollectionField.name, "name", .text, "The collection's name, as in SQL"),
                (CollectionField.title, "title", .text, ""),
                (CollectionField.description, "description", .text, ""),
                (CollectionField.stream, "base_stream", .text, "Where its records are, or the name above their streams"),
                (CollectionField.partition, "partition_field", .integer, "The number of the field that tells a record's stream"),
                (CollectionField.key, "key_field", .integer, "The number of the field that names a record"),
                (CollectionField.properties, "properties", .text, "What else the data package says of the resource, as JSON"),
            ]),
        make(
            field, "schema_field", key: nil,
            [
                (FieldField.collection, "collection", .reference(collection), ""),
                (FieldField.number, "number", .integer, "The field's id within its collection"),
                (FieldField.name, "name", .text, "The field's name, as in SQL"),
                (FieldField.type, "type", .integer, "The code of its type"),
                (FieldField.references, "refers_to", .reference(collection), "The collection that a reference points into"),
                (FieldField.title, "title", .text, ""),
                (FieldField.description, "description", .text, ""),
                (FieldField.mergeRule, "merge_rule", .text, "How two concurrent changes become one"),
                (FieldField.properties, "properties", .text, "What else the data package says of the field, as JSON"),
            ]),
        make(
            package, "schema_package", key: PackageField.name,
            [
                (PackageField.name, "name", .text, ""),
                (PackageField.title, "title", .text, ""),
                (PackageField.description, "description", .text, ""),
                (PackageField.version, "version", .text, ""),
                (PackageField.openStreams, "open_streams", .textSet, "Patterns of the streams that every reader may read"),
                (PackageField.properties, "properties", .text, "What else the data package says, as JSON"),
            ]),
    ]

    static func make(_ id: CollectionID, _ name: String, key: FieldID?, _ fields: [Field]) -> Collection {
        Collection(fixed: id, name: Identifier(fixed: name), key: key, fields: fields)
    }

    private static func make(
        _ id: CollectionID, _ name: String, key: FieldID?, _ fields: [(FieldID, String, FieldType, String)]
    ) -> Collection {
        make(id, name, key: key, fields.map { Field(id: $0.0, name: Identifier(fixed: $0.1), type: $0.2, description: $0.3) })
    }
}
