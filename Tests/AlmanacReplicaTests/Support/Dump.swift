import GRDB

@testable import AlmanacReplica

/// Everything that a file holds, in words: for comparing files whose streams got their numbers in another order.
enum Dump {
    /// Of the records, streams, views and indexes of a replica; what depends on time and on the order of things left out.
    static func content(_ path: String) throws -> [String] {
        try read(path) { database in
            var lines = try String.fetchAll(
                database,
                sql:
                    "SELECT type || ' ' || name || ' ' || sql FROM sqlite_master WHERE type IN ('view', 'index') AND sql IS NOT NULL"
            )
            for table in try tables(database)
            where !["almanac_replica", TombstoneTable.name, "almanac_copy", "almanac_membership"].contains(table) {
                let columns = try columns(database, table)
                lines.append("\(table): \(columns)")
                let names = columns.map {
                    $0.name == "_stream" ? "(SELECT name FROM almanac_stream AS s WHERE s.id = _stream)" : $0.name
                }
                let kept = table == "almanac_stream" ? names.filter { !["id", "horizon"].contains($0) } : names
                lines += try rows(database, "SELECT \(kept.joined(separator: ", ")) FROM \(table)").map { "\(table) \($0)" }
            }
            lines += try rows(database, "SELECT dataset, epoch, sequence, checkpoint FROM almanac_replica")
            return lines.sorted()
        }
    }

    /// Of everything, as it is.
    static func exact(_ path: String) throws -> [String] {
        try read(path) { database in
            var lines = try rows(database, "SELECT * FROM sqlite_master ORDER BY rowid")
            for table in try tables(database) { lines += try rows(database, "SELECT * FROM \(table)").map { "\(table) \($0)" } }
            return lines
        }
    }

    private static func read(_ path: String, _ body: (Database) throws -> [String]) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read(body)
    }

    private static func tables(_ database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    }

    private struct Column: CustomStringConvertible {
        let name: String
        let type: String
        var description: String { "\(name) \(type)" }
    }

    private static func columns(_ database: Database, _ table: String) throws -> [Column] {
        try database.columns(in: table).map { Column(name: $0.name, type: $0.type) }.sorted { $0.name < $1.name }
    }

    private static func rows(_ database: Database, _ sql: String) throws -> [String] {
        try Row.fetchAll(database, sql: sql).map { row in row.map { "\($0.0)=\($0.1)" }.joined(separator: "|") }
    }
}
