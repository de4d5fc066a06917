import AlmanacModel

/// Which fields of one resource refer to which resources.
struct ForeignKeys {
    private var targets: [Text: Identifier] = [:]

    init(_ schema: Descriptor, of resource: Identifier, keys: ResourceKeys) throws(PackageError) {
        for foreignKey in try schema.objects("foreignKeys") ?? [] {
            let field = try Self.onlyField(foreignKey)
            let target = try Self.target(foreignKey, of: resource, keys: keys)
            guard targets[Text(field)] == nil else { throw foreignKey.refuse(.secondForeignKey(field), at: "fields") }
            targets[Text(field)] = target
        }
    }

    /// The names of the fields that refer to something, in order.
    var fields: [String] { targets.keys.sorted().map(\.string) }

    func target(of field: String) -> Identifier? { targets[Text(field)] }

    private static func onlyField(_ descriptor: Descriptor) throws(PackageError) -> String {
        let names = try descriptor.required(try descriptor.oneOrMoreStrings("fields"), "fields")
        guard let name = names.first else { throw descriptor.refuse(.missing, at: "fields") }
        guard names.count == 1 else { throw descriptor.refuse(.compositeKey, at: "fields") }
        return name
    }

    private static func target(
        _ foreignKey: Descriptor, of resource: Identifier, keys: ResourceKeys
    ) throws(PackageError) -> Identifier {
        let reference = try foreignKey.required(try foreignKey.object("reference"), "reference")
        let named = try reference.string("resource") ?? ""
        let name = named.isEmpty ? resource.rawValue : named
        guard let target = Identifier(name), let key = keys.key(of: target) else {
            throw reference.refuse(.unknownResource(name), at: "resource")
        }
        let field = try onlyField(reference)
        guard field == key.rawValue else {
            throw reference.refuse(.notThePrimaryKey(field, resource: name, key: key.rawValue), at: "fields")
        }
        return target
    }
}
