/// A column of a collection.
public struct Field: Hashable, Sendable {
    public let id: FieldID
    public let name: Identifier
    public let type: FieldType
    public let constraints: Constraints
    /// For people; may be empty.
    public let title: String
    public let description: String
    public let mergeRule: MergeRule
    /// JSON: the constraints and what else the data package says of the field; may be empty.
    public let properties: String

    public init(
        id: FieldID, name: Identifier, type: FieldType, constraints: Constraints = Constraints(), title: String = "",
        description: String = "", mergeRule: MergeRule = .scalar, properties: String = ""
    ) {
        self.id = id
        self.name = name
        self.type = type
        self.constraints = constraints
        self.title = title
        self.description = description
        self.mergeRule = mergeRule
        self.properties = properties
    }
}

/// What a field holds.
public enum FieldType: Hashable, Sendable {
    case boolean, integer, decimal, text, date, instant, uuid, bytes, textSet
    /// A record of another collection, or of the same one.
    case reference(CollectionID)
    /// A type that a newer authority has and this program does not know.
    case unknown(code: UInt8)

    /// Nil where a reference lacks its collection, or something else has one.
    public init?(code: UInt8, references collection: CollectionID?) {
        guard let type = ValueType(rawValue: code) else {
            guard code != 0 else { return nil }
            self = .unknown(code: code)
            return
        }
        switch (type, collection) {
        case (.reference, .some(let collection)): self = .reference(collection)
        case (.reference, .none), (_, .some): return nil
        case (.boolean, _): self = .boolean
        case (.integer, _): self = .integer
        case (.decimal, _): self = .decimal
        case (.text, _): self = .text
        case (.date, _): self = .date
        case (.instant, _): self = .instant
        case (.uuid, _): self = .uuid
        case (.bytes, _): self = .bytes
        case (.textSet, _): self = .textSet
        }
    }

    /// Nil for an unknown type.
    public var valueType: ValueType? {
        switch self {
        case .boolean: .boolean
        case .integer: .integer
        case .decimal: .decimal
        case .text: .text
        case .date: .date
        case .instant: .instant
        case .uuid: .uuid
        case .bytes: .bytes
        case .textSet: .textSet
        case .reference: .reference
        case .unknown: nil
        }
    }

    /// As values of this type carry it.
    public var code: UInt8 {
        if case .unknown(let code) = self { code } else { valueType?.rawValue ?? 0 }
    }

    /// The collection that a reference points into.
    public var referencedCollection: CollectionID? {
        if case .reference(let collection) = self { collection } else { nil }
    }
}

/// How two concurrent changes of one field become one.
public enum MergeRule: String, Hashable, Sendable, CaseIterable {
    /// The first accepted value stays; the other becomes a conflict.
    case scalar
    /// Three ways by lines; both texts are kept where that fails.
    case text
    /// By element.
    case set
}
