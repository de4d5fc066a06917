import AlmanacModel

/// The fields that name the records of a collection, looked up when first needed: a small change does not pay for a large schema.
final class KeyFields {
    private var found: [CollectionID: FieldID?] = [:]

    /// Nil for a collection without key, or one that the schema does not explain.
    func field(of collection: CollectionID, _ tables: RecordTables) throws -> FieldID? {
        if let known = found[collection] { return known }
        let field = try look(collection, tables)
        found[collection] = .some(field)
        return field
    }

    private func look(_ collection: CollectionID, _ tables: RecordTables) throws -> FieldID? {
        if let system = Schema.system.collection(collection) { return system.key }
        guard let id = RecordID(Int64(collection.rawValue)),
            case .integer(let key)? = try tables.table(SystemSchema.collection).record(id)?.record[
                SystemSchema.CollectionField.key]
        else { return nil }
        return UInt64(exactly: key).flatMap(FieldID.init)
    }
}
