import AlmanacModel
import GRDB

/// The views by which people and programs read a dataset: the names of the data package instead of numbers, and where a record
/// refers to another, that one's key; its id stands beside it, for joins, as `NAME_id`.
struct SchemaViews {
    let schema: Schema

    /// SQLite joins at most 64 tables: the keys behind further references are looked up one by one.
    private static let maximumJoins = 50

    /// The key, what refers, and names for ever: what views join on, and people look for. A field of unknown type has no column.
    static func isIndexed(_ field: Field, of collection: Collection) -> Bool {
        field.type.valueType != nil
            && (field.id == collection.key || field.type.referencedCollection != nil || field.type == .uuid)
    }

    /// ``AnswerView``s stay as they are: they are not the schema's.
    func recreate(in database: Database) throws {
        let views = try database.rows("SELECT name FROM sqlite_master WHERE type = 'view'") {
            try $0.text(0, of: "the name of a view")
        }
        let names = Set(schema.collections.map(\.name.rawValue))
        for view in views where names.contains(view) || !AnswerView.isName(view) {
            try database.execute(sql: "DROP VIEW \(view.quotedDatabaseIdentifier)")
        }
        for collection in schema.collections { try database.execute(sql: definition(collection)) }
    }

    func definition(_ collection: Collection, isTemporary: Bool = false) -> String {
        var columns = ["c.id AS id"]
        var joins: [String] = []
        for field in collection.fields where field.type.valueType != nil {
            columns.append("\(expression(field, &joins)) AS \(field.name.rawValue.quotedDatabaseIdentifier)")
        }
        columns.append("s.name AS stream")
        columns.append("c._seq AS sequence")
        columns += ids(collection)
        joins.append(" LEFT JOIN almanac_stream AS s ON s.id = c._stream")
        return """
            CREATE \(isTemporary ? "TEMP " : "")VIEW \(collection.name.rawValue.quotedDatabaseIdentifier) AS SELECT \(columns.joined(separator: ", ")) \
            FROM \(TableName.records(collection.id)) AS c\(joins.joined())
            """
    }

    /// A field of the same name goes before.
    private func ids(_ collection: Collection) -> [String] {
        let names = Set(collection.fields.map(\.name.rawValue))
        return collection.fields.filter { $0.type.referencedCollection != nil }.compactMap { field in
            let name = "\(field.name.rawValue)_id"
            return names.contains(name) ? nil : "c.\(TableName.column(field.id)) AS \(name.quotedDatabaseIdentifier)"
        }
    }

    private func expression(_ field: Field, _ joins: inout [String]) -> String {
        let column = "c.\(TableName.column(field.id))"
        guard let target = field.type.referencedCollection.flatMap(schema.collection), let key = target.key.flatMap(target.field),
            key.type.valueType != nil
        else { return column }
        let (alias, table) = ("r\(field.id)", TableName.records(target.id))
        let found = "\(alias).\(TableName.column(key.id))"
        guard joins.count < Self.maximumJoins else {
            return "(SELECT \(found) FROM \(table) AS \(alias) WHERE \(alias).id = \(column))"
        }
        joins.append(" LEFT JOIN \(table) AS \(alias) ON \(alias).id = \(column)")
        return found
    }
}
