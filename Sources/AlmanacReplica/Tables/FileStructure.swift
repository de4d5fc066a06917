import AlmanacModel
import GRDB

/// The tables, columns, indexes, views and triggers of a file, in words: a declared type that changed would change how the next value
/// is stored.
struct FileStructure {
    private let parts: Set<String>

    init(_ database: Database) throws {
        let objects = try database.rows("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL") { row in
            let what = "SQLite's schema"
            return (type: try row.text(0, of: what), name: try row.text(1, of: what), sql: try row.text(2, of: what))
        }
        var parts: Set<String> = []
        // Answer views are made anew by whoever opens the file for writing, so that nothing depends on what they say.
        for object in objects where object.type != "view" || !AnswerView.isName(object.name) {
            // The columns of these are added one by one, so that the statement depends on the file's history.
            if object.type == "table", object.name.hasPrefix(TableName.recordsPrefix) {
                try parts.formUnion(Self.columns(of: object.name, in: database))
            } else {
                parts.insert("\(object.type) \(object.name): \(object.sql)")
            }
        }
        self.parts = parts
    }

    /// What is in one and not in the other, for people.
    func differences(from expected: FileStructure) -> [String] {
        parts.subtracting(expected.parts).sorted().map { "it should not have \($0)" }
            + expected.parts.subtracting(parts).sorted().map { "it should have \($0)" }
    }

    private static func columns(of table: String, in database: Database) throws -> [String] {
        let sql = "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)"
        return try database.rows(sql, [.text(table)]) { row in
            "column \(table).\(row.text(0) ?? "?") \(row.text(1) ?? "?") \(row.integer(2)) \(row.integer(3))"
        }
    }

    /// The structure that a new file of this schema, with tables for these collections, has.
    static func expected(
        _ schema: Schema, _ collections: [CollectionLayout], kind: StoreKind, create: (Database) throws -> Void
    ) throws -> FileStructure {
        try DatabaseQueue().write { database in
            try create(database)
            let tables = RecordTables(database, kind: kind)
            for layout in collections where Schema.system.collection(layout.collection) == nil {
                try RecordTable(database, layout: layout, kind: kind, counter: nil).create()
            }
            try SchemaMigrator(tables: tables).updateIndexesAndViews(schema)
            return try FileStructure(database)
        }
    }

    /// What is not as a new file of the stored schema would have it, for people.
    static func damage(_ tables: RecordTables, create: (Database) throws -> Void) throws -> [String] {
        let layouts = try tables.collections().map { try tables.table($0).layout }
        let expected = try expected(SchemaReader.schema(tables), layouts, kind: tables.kind, create: create)
        return try FileStructure(tables.database).differences(from: expected)
    }
}
