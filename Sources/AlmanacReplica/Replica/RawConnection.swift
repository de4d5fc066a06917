import Foundation
import GRDBSQLite

/// Opens a replica for reading alone.
enum RawConnection {
    /// In a directory that cannot be written SQLite cannot make the index of the write-ahead log. Where there is no log, nobody is
    /// writing: the file is then read as one that does not change.
    static func open(_ path: String) throws -> OpaquePointer {
        do {
            return try open(path, parameters: "mode=ro")
        } catch let failure as RawQuery.Failure {
            guard FileManager.default.fileExists(atPath: path), isEmpty(path + "-wal") else { throw failure }
            return try open(path, parameters: "mode=ro&immutable=1")
        }
    }

    private static func open(_ path: String, parameters: String) throws -> OpaquePointer {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(
            uri(path, parameters), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, nil)
        guard code == SQLITE_OK, let connection = opened else {
            defer { sqlite3_close_v2(opened) }
            throw failure(path, opened)
        }
        sqlite3_busy_timeout(connection, 10_000)
        // The functions that read text sets are made known before an authoriser takes the making of tables for writing. The last of
        // these is the first to read the file.
        let first = """
            PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON;
            SELECT 1 FROM json_each('[]'), json_tree('[]'); SELECT 1 FROM sqlite_master
            """
        guard sqlite3_exec(connection, first, nil, nil, nil) == SQLITE_OK else {
            defer { sqlite3_close_v2(connection) }
            throw failure(path, connection)
        }
        return connection
    }

    private static func failure(_ path: String, _ connection: OpaquePointer?) -> RawQuery.Failure {
        .cannotOpen("\(path): \(connection.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory")")
    }

    /// So that no character of a path is read as something else.
    static func uri(_ path: String, _ parameters: String) -> String {
        let encoded = path.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "/-._~")))
        return "file:\(encoded ?? path)?\(parameters)"
    }

    static func isEmpty(_ path: String) -> Bool {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return true }
        return attributes[.size] as? UInt64 == 0
    }
}
