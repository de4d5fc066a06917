import AlmanacModel
import GRDB
import GRDBSQLite

extension ReplicaOverlay {
    /// Lays this over the tables of a connection that is for reading alone. From then on the connection stays at the state that it
    /// reads. Throws ``Outdated`` where that is another one.
    func install(on connection: OpaquePointer, _ schema: Schema) throws {
        try Self.run(.init(sql: "BEGIN"), on: connection)
        try install(inTransactionOf: connection, schema)
    }

    func install(inTransactionOf connection: OpaquePointer, _ schema: Schema) throws {
        let here = try Self.rows("SELECT epoch, sequence FROM main.almanac_replica", on: connection).first
        let wanted: [RawQuery.Cell] = [
            .integer(Int64(clamping: cursor.epoch.rawValue)), .integer(Int64(clamping: cursor.sequence.rawValue)),
        ]
        guard here == wanted else { throw Outdated() }
        let streams = try Self.rows("SELECT name, id FROM main.almanac_stream", on: connection)
        let tables = try Self.rows("SELECT name, 0 FROM main.sqlite_master WHERE type = 'table'", on: connection)
        let numbers = Self.numbers(streams)
        let names = Set(Self.numbers(tables).keys).subtracting(unexplained(on: connection))
        let statements = OverlayStatements(
            overlay: self, schema: schema, streams: numbers, hasTable: { names.contains($0) })
        for statement in statements.all { try Self.run(statement, on: connection) }
    }

    /// The tables of Almanac's own collections that lack columns, as files of the first programs have them.
    private func unexplained(on connection: OpaquePointer) -> [String] {
        tables.keys.compactMap(Schema.system.collection).compactMap { collection in
            let (name, columns) = (TableName.records(collection.id), CollectionLayout(collection).columnNames)
            let sql = "SELECT \(columns.joined(separator: ", ")) FROM main.\(name) LIMIT 0"
            return (try? Self.rows(sql, on: connection)) == nil ? name : nil
        }
    }

    private static func numbers(_ rows: [[RawQuery.Cell]]) -> [String: Int64] {
        var numbers: [String: Int64] = [:]
        for row in rows {
            if case .text(let name)? = row.first, case .integer(let number)? = row.last { numbers[name] = number }
        }
        return numbers
    }

    private static func run(_ statement: OverlayStatements.Statement, on connection: OpaquePointer) throws {
        _ = try rows(statement.sql, statement.cells, on: connection)
    }

    private static func rows(
        _ sql: String, _ cells: [RawQuery.Cell] = [], on connection: OpaquePointer
    ) throws -> [[RawQuery.Cell]] {
        var prepared: OpaquePointer?
        guard sqlite3_prepare_v2(connection, sql, -1, &prepared, nil) == SQLITE_OK, let prepared else {
            throw failure(connection)
        }
        defer { sqlite3_finalize(prepared) }
        for (index, cell) in cells.enumerated() {
            guard RawQuery.bind(cell, to: Int32(index + 1), of: prepared) == SQLITE_OK else { throw failure(connection) }
        }
        var rows: [[RawQuery.Cell]] = []
        while true {
            switch sqlite3_step(prepared) {
            case SQLITE_ROW: rows.append((0..<sqlite3_column_count(prepared)).map { RawQuery.cell(prepared, $0) })
            case SQLITE_DONE: return rows
            default: throw failure(connection)
            }
        }
    }

    private static func failure(_ connection: OpaquePointer) -> RawQuery.Failure {
        .sql(String(cString: sqlite3_errmsg(connection)))
    }
}

extension ReplicaSnapshot {
    /// From here on rows are read with this on top of them; the state stays the authority's.
    public func lay(_ overlay: ReplicaOverlay) throws {
        guard !overlay.isEmpty, let connection = tables.database.sqliteConnection else { return }
        try overlay.install(inTransactionOf: connection, schema)
    }
}
