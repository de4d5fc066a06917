import AlmanacModel

/// What several mappings have in common: spellings of names, names to leave out, records.
struct MappingPart {
    private static let kind = "mapping-part/1"

    let names: [String: Text]
    let ignored: [String]
    let records: [MappingRecords]

    static func read(at path: String) throws(PackageError) -> MappingPart {
        let document = try Descriptor.document(at: path, kind: kind)
        try document.knowsOnly(["almanac", "description", "names", "ignore", "records"])
        return MappingPart(
            names: try document.textMembers("names"), ignored: try document.strings("ignore") ?? [],
            records: try MappingRecords.read(document))
    }
}

extension MappedSubject {
    init(_ descriptor: Descriptor, _ parts: [MappingPart]) throws(PackageError) {
        try descriptor.knowsOnly(["column", "after", "in", "among", "names", "ignore"])
        column = try descriptor.required(try descriptor.string("column"), "column")
        separator = try descriptor.string("after")
        if separator?.isEmpty == true { throw descriptor.refuse(.missing, at: "after") }
        prefixes = try descriptor.strings("among") ?? []
        var sources: [Source] = []
        for source in try descriptor.objects("in") ?? [] {
            try source.knowsOnly(["collection", "name", "key"])
            sources.append(
                Source(
                    collection: try source.identifier("collection"), name: try source.identifier("name"),
                    key: try source.identifier("key")))
        }
        self.sources = sources
        var names = try descriptor.textMembers("names")
        for part in parts { names.merge(part.names) { own, _ in own } }
        self.names = names
        ignored = Set(try descriptor.strings("ignore") ?? []).union(parts.flatMap(\.ignored))
    }
}

extension MappingRecords {
    /// The member `records`: for each collection an array of objects, whose values are written as in a CSV file.
    static func read(_ document: Descriptor) throws(PackageError) -> [MappingRecords] {
        guard let collections = try document.object("records") else { return [] }
        var result: [MappingRecords] = []
        for name in collections.members.keys.sorted() {
            guard let collection = Identifier(name.string) else {
                throw collections.refuse(.notIdentifier(name.string), at: name.string)
            }
            var rows: [[Identifier: Text]] = []
            for object in try collections.objects(name.string) ?? [] {
                var row: [Identifier: Text] = [:]
                for field in object.members.keys.sorted() {
                    guard let identifier = Identifier(field.string) else {
                        throw object.refuse(.notIdentifier(field.string), at: field.string)
                    }
                    row[identifier] = try object.string(field.string).map { Text($0) }
                }
                rows.append(row)
            }
            result.append(MappingRecords(collection: collection, rows: rows))
        }
        return result
    }

    /// One for each collection.
    static func joined(_ records: [MappingRecords]) -> [MappingRecords] {
        var result: [MappingRecords] = []
        for more in records {
            if let index = result.firstIndex(where: { $0.collection == more.collection }) {
                result[index] = MappingRecords(collection: more.collection, rows: result[index].rows + more.rows)
            } else {
                result.append(more)
            }
        }
        return result
    }
}

extension Descriptor {
    /// An object of strings.
    fileprivate func textMembers(_ member: String) throws(PackageError) -> [String: Text] {
        guard let object = try object(member) else { return [:] }
        var texts: [String: Text] = [:]
        for name in object.members.keys.sorted() { texts[name.string] = try object.string(name.string).map { Text($0) } }
        return texts
    }
}
