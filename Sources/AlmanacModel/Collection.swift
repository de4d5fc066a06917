/// A typed table.
public struct Collection: Hashable, Sendable {
    public let id: CollectionID
    public let name: Identifier
    /// Where its records are, or the name above their streams where a field partitions them.
    public let stream: StreamName
    /// The field whose value tells the stream of a record.
    public let partition: FieldID?
    /// The unique field by which people and packages name a record (`tokyo-yokohama`).
    public let key: FieldID?
    /// For people; may be empty.
    public let title: String
    public let description: String
    /// JSON: what else the data package says of the resource; may be empty.
    public let properties: String
    /// By id, ascending.
    public let fields: [Field]

    /// Nil when two fields share an id or a name, or the key or the partition is not one of them.
    public init?(
        id: CollectionID, name: Identifier, stream: StreamName, partition: FieldID? = nil, key: FieldID? = nil,
        title: String = "",
        description: String = "", properties: String = "", fields: [Field]
    ) {
        let fields = fields.sorted { $0.id < $1.id }
        for (field, next) in zip(fields, fields.dropFirst()) where field.id == next.id { return nil }
        guard Set(fields.map(\.name)).count == fields.count,
            [partition, key].compactMap(\.self).allSatisfy({ id in fields.contains { $0.id == id } })
        else { return nil }
        self.id = id
        self.name = name
        self.stream = stream
        self.partition = partition
        self.key = key
        self.title = title
        self.description = description
        self.properties = properties
        self.fields = fields
    }

    /// For the collections that the specification fixes; the fields come in order.
    init(fixed id: CollectionID, name: Identifier, key: FieldID?, fields: [Field]) {
        self.id = id
        self.name = name
        stream = .reference
        partition = nil
        self.key = key
        title = ""
        description = ""
        properties = ""
        self.fields = fields
    }

    public func field(_ id: FieldID) -> Field? { fields.first { $0.id == id } }

    public func field(named name: some StringProtocol) -> Field? { fields.first { $0.name.rawValue == name } }
}
