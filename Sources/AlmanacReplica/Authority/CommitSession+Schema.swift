import AlmanacModel

extension CommitSession {
    /// Makes the schema what it is given, which must be the current one with additions: a collection keeps its streams, a field its
    /// type. What is not named stays as it is.
    public func updateSchema(_ new: Schema) throws {
        for collection in new.collections where !collection.id.isSystem {
            try requireAddition(to: schema.collection(collection.id), collection)
            guard let id = RecordID(Int64(collection.id.rawValue)) else { continue }
            try put(SystemSchema.collection, id, SchemaRecords.values(of: collection))
            let known = try fieldRecords(of: collection.id)
            for field in collection.fields {
                let record = try known[field.id] ?? newID(SystemSchema.field)
                try put(SystemSchema.field, record, SchemaRecords.values(of: field, in: collection.id))
            }
        }
        let migrator = SchemaMigrator(tables: tables)
        try migrator.updateTables()
        schema = try SchemaReader.schema(tables, malformed: ReplicaError.refused)
        try migrator.updateIndexesAndViews(schema)
    }

    private func requireAddition(to old: Collection?, _ new: Collection) throws {
        guard let old else { return }
        guard old.stream == new.stream, old.partition == new.partition else {
            throw ReplicaError.refused("collection \(old.name) cannot change its streams: its records are in them")
        }
        for field in old.fields {
            guard let changed = new.field(field.id), changed.type != field.type else { continue }
            throw ReplicaError.refused(
                "field \(field.name) of \(old.name) cannot change its type: a new field can have the new one")
        }
    }

    private func fieldRecords(of collection: CollectionID) throws -> [FieldID: RecordID] {
        let fields = try tables.table(SystemSchema.field)
        var known: [FieldID: RecordID] = [:]
        for id in try fields.records(where: SystemSchema.FieldField.collection, is: .integer(Int64(collection.rawValue))) {
            guard let record = try fields.record(id)?.record, let number = SchemaReader.number(record) else { continue }
            known[number] = id
        }
        return known
    }
}
