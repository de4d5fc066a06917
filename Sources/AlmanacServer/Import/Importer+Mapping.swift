import AlmanacModel
import AlmanacPackage
import AlmanacReplica

extension Importer {
    /// A table of a foreign shape, as rows of the collection that the mapping names. Records that the mapping brings along are made
    /// where the dataset lacks them; where it has them, they stay as they are.
    public func importTable(at path: String, by mapping: Mapping, _ circumstances: Circumstances) throws -> ImportSummary {
        try commit(circumstances) { session in
            var tables = try mapping.records.map { records in
                ImportTable(
                    try mapping.rows(of: records, in: collection(records.collection.rawValue, session.schema)), .add)
            }
            let target = try collection(mapping.collection.rawValue, session.schema)
            let names = try NameTable(mapping, session, collection)
            tables.append(ImportTable(try mapping.rows(of: path, in: target, names: names), .merge))
            try validate(tables.map(\.file), circumstances)
            return tables
        }
    }
}

extension NameTable {
    /// The names that the mapping looks for, and the keys of what they mean.
    fileprivate init(
        _ mapping: Mapping, _ session: CommitSession, _ collection: (String, Schema) throws -> Collection
    ) throws {
        self.init()
        for source in mapping.subject?.sources ?? [] {
            let collection = try collection(source.collection.rawValue, session.schema)
            let name = try collection.field(source.name, named: mapping)
            let key = try collection.field(source.key, named: mapping)
            try session.forEachRecord(of: collection.id) { record in
                guard case .text(let text)? = record[name.id], let key = try session.keyText(record[key.id], of: key) else {
                    return
                }
                add(text, meaning: key)
            }
        }
    }
}

extension Collection {
    fileprivate func field(_ name: Identifier, named mapping: Mapping) throws -> Field {
        guard let field = field(named: name.rawValue) else {
            throw Importer.Failure.noSuchField(name, of: self.name, mapping.file)
        }
        return field
    }
}

extension CommitSession {
    /// A text, or the readable key of the record that is referred to.
    fileprivate func keyText(_ value: Value?, of field: Field) throws -> Text? {
        switch value {
        case .text(let text): return text
        case .reference(let id):
            guard let target = field.type.referencedCollection.flatMap(schema.collection) else { return nil }
            return try record(target.id, id).map(target.key(of:))
        default: return nil
        }
    }
}
