import AlmanacModel

/// Where a package does not fit a schema that exists: schemas only grow.
public enum SchemaConflict: Hashable, Sendable {
    case collectionID(Identifier, stated: UInt64, existing: UInt64)
    case collectionIDTaken(Identifier, stated: UInt64, by: Identifier)
    case noCollectionID(Identifier)
    case fieldID(Identifier, of: Identifier, stated: UInt64, existing: UInt64)
    case fieldIDTaken(Identifier, of: Identifier, stated: UInt64, by: Identifier)
    case noFieldID(Identifier, of: Identifier)
    case type(Identifier, of: Identifier, stated: String, existing: String)
    case key(of: Identifier, stated: Identifier, existing: Identifier?)
    case stream(of: Identifier, stated: StreamName, existing: StreamName)
    case partition(of: Identifier, stated: Identifier?, existing: Identifier?)
    /// The schema was not made from this package.
    case unknownCollection(Identifier)
    case unknownField(Identifier, of: Identifier)
    case invalid(Identifier)
}

extension SchemaConflict: CustomStringConvertible {
    public var description: String { idText ?? "\(subject): \(changeText)" }

    private var idText: String? {
        switch self {
        case .collectionID(let name, let stated, let existing):
            "Collection \(name): the package states the id \(stated), the dataset has \(existing). State \(existing), or none."
        case .collectionIDTaken(let name, let stated, let other):
            "Collection \(name): the id \(stated) is that of \(other). State another, or none; a collection cannot be renamed."
        case .noCollectionID(let name): "Collection \(name): no id is left."
        case .fieldID(let name, let collection, let stated, let existing):
            "Field \(collection).\(name): the package states the id \(stated), the dataset has \(existing). State \(existing), or none."
        case .fieldIDTaken(let name, let collection, let stated, let other):
            "Field \(collection).\(name): the id \(stated) is that of \(other). State another, or none; a field cannot be renamed."
        case .noFieldID(let name, let collection): "Field \(collection).\(name): no id is left."
        default: nil
        }
    }

    private var subject: String {
        switch self {
        case .type(let name, let collection, _, _), .unknownField(let name, let collection): "Field \(collection).\(name)"
        case .key(let name, _, _), .stream(let name, _, _), .partition(let name, _, _), .unknownCollection(let name),
            .invalid(let name), .collectionID(let name, _, _), .collectionIDTaken(let name, _, _), .noCollectionID(let name),
            .fieldID(_, let name, _, _), .fieldIDTaken(_, let name, _, _), .noFieldID(_, let name):
            "Collection \(name)"
        }
    }

    private var changeText: String {
        switch self {
        case .type(_, _, let stated, let existing):
            "its type is \(existing) and cannot become \(stated). Add a field of another name."
        case .key(_, let stated, let existing): "its key is \(Self.name(existing)) and cannot become \(stated)."
        case .stream(_, let stated, let existing): "its stream is \(existing) and cannot become \(stated)."
        case .partition(_, let stated, let existing):
            "its partition is \(Self.name(existing)) and cannot become \(Self.name(stated))."
        case .unknownCollection, .unknownField: "the schema lacks it. Make the schema from this package first."
        default: "it cannot be put together. Check its fields, key and partition."
        }
    }

    private static func name(_ identifier: Identifier?) -> String { identifier?.rawValue ?? "none" }
}
