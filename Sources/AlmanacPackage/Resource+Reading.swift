import AlmanacModel

extension Resource {
    private static let ids = UInt64(CollectionID.firstOfPackages)...UInt64(CollectionID.maximum)

    /// What is read here, and what describes the file and not the data.
    private static let known: Set<String> = [
        "name", "title", "description", "path", "almanac:id", "almanac:stream", "almanac:partition", "almanac:neutralised",
        "schema",
        "dialect",
        "profile",
        "$schema", "type", "encoding", "format", "mediatype", "scheme", "bytes", "hash",
    ]

    init(descriptor: Descriptor, keys: ResourceKeys, in folder: PackageFolder) throws(PackageError) {
        try descriptor.knowsOnly(almanac: ["almanac:id", "almanac:stream", "almanac:partition", "almanac:neutralised"])
        let schema = try descriptor.required(try descriptor.object("schema"), "schema")
        name = try descriptor.identifier("name")
        title = try descriptor.string("title")
        description = try descriptor.string("description")
        path = try ResourceFile.path(descriptor, in: folder)
        id = try descriptor.number("almanac:id", in: Self.ids).flatMap(CollectionID.init)
        stream = try Self.stream(descriptor)
        key = try descriptor.required(keys.key(of: name), "schema")
        dialect = try CSVDialect(of: descriptor)
        isNeutralised = try descriptor.boolean("almanac:neutralised") ?? false
        fields = try ResourceFields.read(
            schema, of: name, key: key, foreignKeys: try ForeignKeys(schema, of: name, keys: keys))
        partition = try Self.partition(descriptor, among: fields)
        properties = Self.properties(descriptor, schema)
    }

    private static func stream(_ descriptor: Descriptor) throws(PackageError) -> StreamName {
        guard let text = try descriptor.string("almanac:stream") else { return .reference }
        guard let stream = StreamName(text) else { throw descriptor.refuse(.notStreamName(text), at: "almanac:stream") }
        return stream
    }

    private static func partition(_ descriptor: Descriptor, among fields: [ResourceField]) throws(PackageError) -> Identifier? {
        guard let name = try descriptor.string("almanac:partition") else { return nil }
        guard let field = fields.first(where: { $0.name.rawValue == name }) else {
            throw descriptor.refuse(.unknownField(name), at: "almanac:partition")
        }
        switch field.type {
        case .plain(.text), .plain(.integer), .plain(.boolean): return field.name
        case .plain(let type): throw descriptor.refuse(.partitionType(type.name), at: "almanac:partition")
        case .reference: throw descriptor.refuse(.partitionType("reference"), at: "almanac:partition")
        }
    }

    private static func properties(_ descriptor: Descriptor, _ schema: Descriptor) -> Text? {
        var members = descriptor.members.filter { !known.contains($0.key.string) }
        let rest = schema.members.filter { !ResourceFields.knownOfSchema.contains($0.key.string) }
        if !rest.isEmpty { members["schema"] = .object(rest) }
        return members.isEmpty ? nil : Text(JSON.object(members).description)
    }
}
