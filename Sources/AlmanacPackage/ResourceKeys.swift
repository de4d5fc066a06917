import AlmanacModel

/// The primary key of every resource: foreign keys may refer to resources that come later.
struct ResourceKeys {
    private var keys: [Identifier: Identifier] = [:]

    init(_ resources: [Descriptor]) throws(PackageError) {
        for resource in resources {
            let name = try resource.identifier("name")
            guard keys[name] == nil else { throw resource.refuse(.repeatedName(name.rawValue), at: "name") }
            keys[name] = try Self.primaryKey(of: resource)
        }
    }

    func key(of resource: Identifier) -> Identifier? { keys[resource] }

    private static func primaryKey(of resource: Descriptor) throws(PackageError) -> Identifier {
        if case .text = resource.members["schema"] { throw resource.refuse(.separateFile, at: "schema") }
        let schema = try resource.required(try resource.object("schema"), "schema")
        let names = try schema.oneOrMoreStrings("primaryKey") ?? []
        guard let name = names.first else { throw schema.refuse(.noPrimaryKey, at: "primaryKey") }
        guard names.count == 1 else { throw schema.refuse(.compositeKey, at: "primaryKey") }
        guard let key = Identifier(name) else { throw schema.refuse(.unknownField(name), at: "primaryKey") }
        return key
    }
}
