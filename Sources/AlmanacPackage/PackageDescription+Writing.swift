import AlmanacModel

extension PackageDescription {
    /// The text of `datapackage.json`. The same description has the same text.
    ///
    /// - Throws: when stored properties are not the JSON that an import kept.
    public func descriptor() throws(PackageError) -> String {
        var members = try JSON.members(ofStored: properties?.string)
        members.merge(provenance?.members ?? [:]) { $1 }
        members["name"] = .text(Text(name))
        members["title"] = JSON(title)
        members["description"] = JSON(description)
        members["version"] = JSON(version)
        if !openStreams.isEmpty { members["almanac:openStreams"] = .array(openStreams.map { .text(Text($0.description)) }) }
        let targets = Dictionary(tables.map { ($0.collection.id, $0.collection) }) { first, _ in first }
        var resources: [JSON] = []
        for table in tables { resources.append(try table.resource(targets)) }
        members["resources"] = .array(resources)
        return JSON.object(members).pretty
    }
}

extension TableDescription {
    fileprivate func resource(_ targets: [CollectionID: Collection]) throws(PackageError) -> JSON {
        var members = try JSON.members(ofStored: collection.properties)
        var schema: [Text: JSON] = if case .object(let rest)? = members["schema"] { rest } else { [:] }
        schema.merge(try self.schema(targets)) { $1 }
        members["schema"] = .object(schema)
        members["name"] = .text(Text(collection.name.rawValue))
        members["title"] = JSON(collection.title)
        members["description"] = JSON(collection.description)
        members["path"] = .text(Text(path))
        members["format"] = "csv"
        members["mediatype"] = "text/csv"
        members["encoding"] = "utf-8"
        members["almanac:id"] = .number(String(collection.id.rawValue))
        members["almanac:stream"] = .text(Text(collection.stream.rawValue))
        members["almanac:partition"] = collection.partition.flatMap(collection.field).map { .text(Text($0.name.rawValue)) }
        if isNeutralised { members["almanac:neutralised"] = .boolean(true) }
        return .object(members)
    }

    private func schema(_ targets: [CollectionID: Collection]) throws(PackageError) -> [Text: JSON] {
        var fields: [JSON] = []
        var foreignKeys: [JSON] = []
        for field in self.fields {
            let target = field.type.referencedCollection.flatMap { targets[$0] }
            fields.append(try describe(field, refersTo: target))
            if let target, let key = target.key.flatMap(target.field) { foreignKeys.append(foreignKey(field, target, key)) }
        }
        var members: [Text: JSON] = ["fields": .array(fields)]
        if let key = collection.key.flatMap(collection.field) { members["primaryKey"] = .text(Text(key.name.rawValue)) }
        if !foreignKeys.isEmpty { members["foreignKeys"] = .array(foreignKeys) }
        return members
    }

    /// A table that refers to itself is named by the empty text, as the standard has it.
    private func foreignKey(_ field: Field, _ target: Collection, _ key: Field) -> JSON {
        let resource = target.id == collection.id ? "" : target.name.rawValue
        return .object([
            "fields": .text(Text(field.name.rawValue)),
            "reference": .object(["resource": .text(Text(resource)), "fields": .text(Text(key.name.rawValue))]),
        ])
    }

    private func describe(_ field: Field, refersTo target: Collection?) throws(PackageError) -> JSON {
        var members = try JSON.members(ofStored: field.properties)
        if target == nil { members[Text(Field.acyclicProperty)] = nil }
        members["name"] = .text(Text(field.name.rawValue))
        members["title"] = JSON(field.title)
        members["description"] = JSON(field.description)
        members["type"] = .text(Text(field.isYear ? "year" : field.type.declaredType))
        if field.type == .uuid { members["format"] = "uuid" }
        members["constraints"] = constraints(of: field, members["constraints"])
        if let word = nullWords[field.id] { members["missingValues"] = [.text(Text(word))] }
        members["almanac:id"] = .number(String(field.id.rawValue))
        if field.mergeRule != (field.type == .textSet ? .set : .scalar) {
            members["almanac:merge"] = .text(Text(field.mergeRule.rawValue))
        }
        return .object(members)
    }

    /// Nil where nothing is demanded.
    private func constraints(of field: Field, _ stored: JSON?) -> JSON? {
        guard case .object(var members)? = stored else { return stored }
        if lacking.contains(field.id) { members["required"] = nil }
        return members.isEmpty ? nil : .object(members)
    }
}

extension FieldType {
    /// The type of Table Schema whose values are written alike.
    fileprivate var declaredType: String {
        switch self {
        case .boolean: "boolean"
        case .integer: "integer"
        case .decimal: "number"
        case .date: "date"
        case .instant: "datetime"
        case .textSet: "array"
        case .text, .uuid, .bytes, .reference, .unknown: "string"
        }
    }
}

extension JSON {
    /// Nil for nothing and for the empty text, which stored descriptions do not tell apart.
    fileprivate init?(_ text: String?) {
        guard let text, !text.isEmpty else { return nil }
        self = .text(Text(text))
    }

    /// The members of an object that a dataset keeps as text; none for an empty text.
    static func members(ofStored properties: String?) throws(PackageError) -> [Text: JSON] {
        guard let properties, !properties.isEmpty else { return [:] }
        guard case .object(let members)? = try? JSONParser.parse(Array(properties.utf8)) else {
            let rule = DescriptorRule.wrongKind(expected: "an object", found: "something else")
            throw .refused(file: "the stored properties", at: .root, rule)
        }
        return members
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    package init(stringLiteral value: String) { self = .text(Text(value)) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
}
