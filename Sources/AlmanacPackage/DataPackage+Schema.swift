import AlmanacModel

extension DataPackage {
    /// The schema after this package: Almanac's own collections, the existing ones, and the package's.
    ///
    /// Only adds: ids stay with their names, a field's type stays, fields that the package lacks stay. Titles, descriptions,
    /// constraints and merge rules become the package's.
    ///
    /// - Throws: ``PackageError/conflicts(_:)`` with all that does not fit.
    public func schema(over existing: Schema) throws(PackageError) -> Schema {
        let merge = SchemaMerge(resources, over: existing)
        guard merge.conflicts.isEmpty else { throw .conflicts(merge.conflicts) }
        let added = Set(merge.collections.map(\.name))
        let own = Schema.system.collections
        let kept = existing.collections.filter { collection in
            !added.contains(collection.name) && !own.contains { $0.id == collection.id }
        }
        guard let schema = Schema(own + kept + merge.collections) else {
            throw .conflicts(merge.collections.prefix(1).map { .invalid($0.name) })
        }
        return schema
    }
}

/// Puts the resources of a package over a schema.
struct SchemaMerge {
    private(set) var collections: [Collection] = []
    private(set) var conflicts: [SchemaConflict] = []

    private let existing: Schema
    private let numbering: Numbering

    init(_ resources: [Resource], over existing: Schema) {
        self.existing = existing
        numbering = Numbering(
            existing: Dictionary(uniqueKeysWithValues: existing.collections.map { ($0.name, UInt64($0.id.rawValue)) }),
            adding: resources.map { ($0.name, $0.id.map { UInt64($0.rawValue) }) },
            range: UInt64(CollectionID.firstOfPackages)...UInt64(CollectionID.maximum))
        conflicts = numbering.conflicts.map(SchemaConflict.init)
        for resource in resources { add(resource) }
    }

    private mutating func add(_ resource: Resource) {
        guard let id = collectionID(resource.name) else { return }
        let old = existing.collection(named: resource.name.rawValue)
        if let old { checkUnchanged(resource, old) }
        let numbers = fieldNumbers(resource, old)
        let fields = (old?.fields ?? []).filter { resource.field(named: $0.name) == nil } + newFields(resource, old, numbers)
        let find = { (name: Identifier?) in name.flatMap { name in fields.first { $0.name == name }?.id } }
        let collection = Collection(
            id: id, name: resource.name, stream: resource.stream, partition: find(resource.partition), key: find(resource.key),
            title: resource.title ?? old?.title ?? "", description: resource.description ?? old?.description ?? "",
            properties: resource.properties?.string ?? "", fields: fields)
        if let collection {
            collections.append(collection)
        } else if conflicts.isEmpty {
            conflicts.append(.invalid(resource.name))
        }
    }

    private func collectionID(_ name: Identifier) -> CollectionID? { numbering.ids[name].flatMap(CollectionID.init) }

    private mutating func fieldNumbers(_ resource: Resource, _ old: Collection?) -> [Identifier: UInt64] {
        let fields = (old?.fields ?? []).map { ($0.name, UInt64($0.id.rawValue)) }
        let numbering = Numbering(
            existing: Dictionary(uniqueKeysWithValues: fields),
            adding: resource.fields.map { ($0.name, $0.id.map { UInt64($0.rawValue) }) },
            range: 1...UInt64(FieldID.maximum))
        conflicts += numbering.conflicts.map { SchemaConflict($0, in: resource.name) }
        return numbering.ids
    }

    private mutating func newFields(_ resource: Resource, _ old: Collection?, _ numbers: [Identifier: UInt64]) -> [Field] {
        resource.fields.compactMap { field in
            guard let id = numbers[field.name].flatMap(FieldID.init), let type = type(of: field) else { return nil }
            let known = old?.field(named: field.name.rawValue)
            if let known, known.type != type {
                conflicts.append(
                    .type(field.name, of: resource.name, stated: describe(type), existing: describe(known.type)))
            }
            return Field(
                id: id, name: field.name, type: type, constraints: field.constraints, title: field.title ?? known?.title ?? "",
                description: field.description ?? known?.description ?? "", mergeRule: field.mergeRule,
                properties: field.properties?.string ?? "")
        }
    }

    private func type(of field: ResourceField) -> FieldType? {
        switch field.type {
        case .plain(let type): type
        case .reference(let target): collectionID(target).map(FieldType.reference)
        }
    }

    private func describe(_ type: FieldType) -> String {
        guard let target = type.referencedCollection else { return type.name }
        let name = numbering.ids.first { $0.value == UInt64(target.rawValue) }?.key
        return "a reference to \(name?.rawValue ?? "collection \(target)")"
    }

    private mutating func checkUnchanged(_ resource: Resource, _ old: Collection) {
        let name = { (id: FieldID?) in id.flatMap { old.field($0)?.name } }
        if name(old.key) != resource.key {
            conflicts.append(.key(of: resource.name, stated: resource.key, existing: name(old.key)))
        }
        if old.stream != resource.stream {
            conflicts.append(.stream(of: resource.name, stated: resource.stream, existing: old.stream))
        }
        if name(old.partition) != resource.partition {
            conflicts.append(.partition(of: resource.name, stated: resource.partition, existing: name(old.partition)))
        }
    }
}

extension SchemaConflict {
    fileprivate init(_ conflict: Numbering.Conflict) {
        self =
            switch conflict {
            case .differs(let name, let stated, let existing): .collectionID(name, stated: stated, existing: existing)
            case .taken(let name, let stated, let other): .collectionIDTaken(name, stated: stated, by: other)
            case .exhausted(let name): .noCollectionID(name)
            }
    }

    fileprivate init(_ conflict: Numbering.Conflict, in collection: Identifier) {
        self =
            switch conflict {
            case .differs(let name, let stated, let existing): .fieldID(name, of: collection, stated: stated, existing: existing)
            case .taken(let name, let stated, let other): .fieldIDTaken(name, of: collection, stated: stated, by: other)
            case .exhausted(let name): .noFieldID(name, of: collection)
            }
    }
}
