import AlmanacModel

/// One description for the schema, the records and the data package.
struct Column {
    let number: UInt64
    let name: String
    let type: FieldType
    let isRequired: Bool

    init(_ number: UInt64, _ name: String, _ type: FieldType, isRequired: Bool = true) {
        self.number = number
        self.name = name
        self.type = type
        self.isRequired = isRequired
    }

    /// The number is from 1, so it is one.
    var id: FieldID? { FieldID(number) }

    func make() -> Field? {
        guard let id, let name = Identifier(name) else { return nil }
        return Field(id: id, name: name, type: type)
    }
}

/// A table of the generated dataset.
struct Table {
    let collection: CollectionID
    let name: String
    let stream: String
    let columns: [Column]

    func make() -> Collection? {
        guard let name = Identifier(name), let stream = StreamName(stream) else { return nil }
        return Collection(
            id: collection, name: name, stream: stream, key: FieldID(1), fields: columns.compactMap { $0.make() })
    }
}

extension GeneratedDataset {
    /// What could not be: the tables below are valid.
    struct Invalid: Error {}

    static func table(_ number: UInt64, _ name: String, stream: String, _ columns: [Column]) throws -> Table {
        guard let id = CollectionID(number) else { throw Invalid() }
        return Table(collection: id, name: name, stream: stream, columns: columns)
    }

    static func organisations() throws -> Table {
        try table(
            16, "organisations", stream: "reference",
            [
                Column(1, "key", .text), Column(2, "name", .text), Column(3, "country", .text), Column(4, "founded", .date),
            ])
    }

    static func deals() throws -> Table {
        try table(
            17, "deals", stream: "deals",
            [
                Column(1, "key", .text), Column(2, "name", .text),
                Column(3, "organisation", .reference(organisations().collection)), Column(4, "kind", .text),
                Column(5, "amount", .decimal, isRequired: false), Column(6, "currency", .text), Column(7, "announced", .date),
                Column(8, "updated", .instant), Column(9, "investors", .integer),
                Column(10, "note", .text, isRequired: false),
            ])
    }

    /// Almanac's own collections and the two of this dataset.
    public static func schema() throws -> Schema {
        let own = try [organisations(), deals()].compactMap { $0.make() }
        guard let schema = Schema(Schema.system.collections + own) else { throw Invalid() }
        return schema
    }

    public static func organisationsID() throws -> CollectionID { try organisations().collection }
    public static func dealsID() throws -> CollectionID { try deals().collection }

    public static func dealsStream() throws -> StreamName {
        guard let stream = StreamName(try deals().stream) else { throw Invalid() }
        return stream
    }
}
