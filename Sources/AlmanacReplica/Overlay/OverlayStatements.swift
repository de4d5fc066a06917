import AlmanacModel
import GRDB

/// The statements that lay an overlay over a replica's tables and views, for one connection.
///
/// A TEMP view takes the name of each table concerned, so that everything that is named without a database reads through it; the
/// schema's views are made again as TEMP views, because those of the file read the file's own tables.
struct OverlayStatements {
    let overlay: ReplicaOverlay
    let schema: Schema
    /// The streams that the file knows, with their numbers.
    let streams: [String: Int64]
    /// Whether the file has a table of this name.
    let hasTable: (String) -> Bool

    /// A statement and what is bound to it.
    struct Statement {
        let sql: String
        var cells: [RawQuery.Cell] = []
    }

    private var affected: [Collection] { overlay.tables.keys.sorted().compactMap(schema.collection) }

    var all: [Statement] {
        let numbers = streamNumbers
        return streamView(numbers) + affected.flatMap { table($0, numbers) } + views
    }

    // MARK: Streams

    /// Those that the file does not know have negative numbers.
    private var streamNumbers: [String: Int64] {
        let names = Set(overlay.tables.values.flatMap(\.rows).map(\.stream.rawValue)).sorted()
        var numbers = streams
        for name in names where numbers[name] == nil { numbers[name] = -Int64(numbers.count) - 1 }
        return numbers
    }

    private func streamView(_ numbers: [String: Int64]) -> [Statement] {
        let new = numbers.filter { $0.value < 0 }.sorted { $0.value > $1.value }
        guard !new.isEmpty else { return [] }
        return [Statement(sql: "CREATE TEMP TABLE almanac_overlay_stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")]
            + new.map { name, number in
                Statement(
                    sql: "INSERT INTO temp.almanac_overlay_stream (id, name) VALUES (?, ?)",
                    cells: [.integer(number), .text(name)])
            } + [
                Statement(
                    sql: """
                        CREATE TEMP VIEW almanac_stream AS
                        SELECT id, name, digest, count, last_change, proof, horizon FROM main.almanac_stream UNION ALL
                        SELECT id, name, x'', 0, 0, x'', 0 FROM temp.almanac_overlay_stream
                        """)
            ]
    }

    // MARK: Tables

    private func table(_ collection: Collection, _ numbers: [String: Int64]) -> [Statement] {
        guard let content = overlay.tables[collection.id] else { return [] }
        let layout = CollectionLayout(collection)
        let (name, rows, hidden) = (
            TableName.records(collection.id), "almanac_overlay_c\(collection.id)", "almanac_hidden_c\(collection.id)"
        )
        let types = layout.columns.map { ", \(TableName.column($0.field)) \(ValueColumn.declaredType($0.type))" }.joined()
        let columns = (["id", "_stream", "_seq", "_rest"] + layout.columnNames).joined(separator: ", ")
        var statements = [
            Statement(
                sql: """
                    CREATE TEMP TABLE \(rows) (id INTEGER PRIMARY KEY, _stream INTEGER NOT NULL, _seq INTEGER NOT NULL, _rest BLOB\
                    \(types))
                    """),
            Statement(sql: "CREATE TEMP TABLE \(hidden) (id INTEGER PRIMARY KEY)"),
        ]
        statements += content.hidden.sorted().map {
            Statement(sql: "INSERT INTO temp.\(hidden) (id) VALUES (?)", cells: [.integer($0.rawValue)])
        }
        let places = Array(repeating: "?", count: layout.columns.count + 4).joined(separator: ", ")
        statements += content.rows.map { row in
            Statement(
                sql: "INSERT INTO temp.\(rows) (\(columns)) VALUES (\(places))",
                cells: [
                    .integer(row.id), .integer(numbers[row.stream.rawValue] ?? 0),
                    .integer(Int64(clamping: row.sequence.rawValue)),
                    .null,
                ] + layout.columns.map { row.values[$0.field] ?? .null })
        }
        let stored =
            hasTable(name)
            ? "SELECT \(columns) FROM main.\(name) WHERE id NOT IN (SELECT id FROM temp.\(hidden)) UNION ALL " : ""
        return statements + [
            Statement(sql: "CREATE TEMP VIEW \(name) AS \(stored)SELECT \(columns) FROM temp.\(rows)")
        ]
    }

    // MARK: Views

    /// Those that read a table concerned: their own, or that of a record to which they refer.
    private var views: [Statement] {
        let concerned = Set(affected.map(\.id))
        let definitions = SchemaViews(schema: schema)
        return schema.collections.filter { collection in
            concerned.contains(collection.id)
                || collection.fields.contains { $0.type.referencedCollection.map(concerned.contains) ?? false }
        }.map { Statement(sql: definitions.definition($0, isTemporary: true)) }
    }
}
