import AlmanacModel
import GRDB

/// Brings tables, indexes and views into the shape that the stored schema describes. Changes are additive.
struct SchemaMigrator {
    let tables: RecordTables

    private var database: Database { tables.database }

    /// What a file begins with: the tables of the schema itself.
    func createSystemTables() throws {
        for collection in Schema.system.collections { try updateTable(CollectionLayout(collection)) }
        try updateIndexesAndViews(Schema.system)
    }

    /// Whether a file has all of Almanac's own tables with all their columns: those of the first programs have the first of them.
    func hasSystemTables() throws -> Bool {
        try Schema.system.collections.allSatisfy { try tables.isExplained($0.id) }
    }

    /// Gives a file of the first programs Almanac's own tables, and the indexes and views of all.
    func completeSystemTables() throws {
        for collection in Schema.system.collections { try updateTable(CollectionLayout(collection)) }
        try updateIndexesAndViews(SchemaReader.schema(tables))
    }

    /// Tables and columns: before records that need them are written. The schema need not be whole yet: of two windows the first may
    /// bring a field, the second its collection.
    func updateTables() throws {
        var columns: [CollectionID: [CollectionLayout.Column]] = [:]
        try tables.table(SystemSchema.field).forEach { stored in
            guard let (collection, column) = SchemaReader.column(stored.record) else { return }
            columns[collection, default: []].append(column)
        }
        try tables.table(SystemSchema.collection).forEach { stored in
            guard let collection = CollectionID(UInt64(stored.record.id.rawValue)), !collection.isSystem else { return }
            columns[collection, default: []] += []
        }
        tables.forgetLayouts()
        for (collection, columns) in columns { try updateTable(CollectionLayout(collection: collection, columns: columns)) }
    }

    /// Indexes and views: after the records, where a file is filled for the first time.
    func updateIndexesAndViews(_ schema: Schema) throws {
        let wanted = schema.collections.flatMap { collection in
            collection.fields.filter { SchemaViews.isIndexed($0, of: collection) }.map {
                (collection: collection.id, field: $0.id)
            }
        }
        let names = Set(wanted.map { TableName.index($0.collection, $0.field) })
        let present = try database.rows(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND name GLOB 'almanac_c[0-9]*_f[0-9]*'"
        ) {
            try $0.text(0, of: "the name of an index")
        }
        for name in present where !names.contains(name) {
            try database.execute(sql: "DROP INDEX \(name.quotedDatabaseIdentifier)")
        }
        for (collection, field) in wanted where !present.contains(TableName.index(collection, field)) {
            let (index, table) = (TableName.index(collection, field), TableName.records(collection))
            try database.execute(sql: "CREATE INDEX \(index) ON \(table) (\(TableName.column(field)))")
        }
        try SchemaViews(schema: schema).recreate(in: database)
    }

    private func updateTable(_ layout: CollectionLayout) throws {
        guard try tables.exists(layout.collection) else {
            return try RecordTable(database, layout: layout, kind: tables.kind, counter: tables.counter).create()
        }
        let name = TableName.records(layout.collection)
        let existing = Set(try database.rows("SELECT name FROM pragma_table_info(?)", [.text(name)]) { $0.text(0) })
        let missing = layout.columns.filter { !existing.contains(TableName.column($0.field)) }
        for column in missing {
            try database.execute(
                sql: "ALTER TABLE \(name) ADD COLUMN \(TableName.column(column.field)) \(ValueColumn.declaredType(column.type))")
        }
        if !missing.isEmpty { try moveValuesIntoColumns(layout) }
    }

    /// Records that came before their schema hold the values of the new columns in `_rest`: writing them again moves these.
    private func moveValuesIntoColumns(_ layout: CollectionLayout) throws {
        let name = TableName.records(layout.collection)
        let ids = try database.rows("SELECT id FROM \(name) WHERE _rest IS NOT NULL") { RecordID($0.integer(0)) }
        let table = RecordTable(database, layout: layout, kind: tables.kind, counter: tables.counter)
        for id in ids.compactMap(\.self) {
            if let stored = try table.record(id) { try table.replace(stored) }
        }
    }
}
