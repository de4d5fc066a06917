import GRDBSQLite

/// Which actions of a user's own SQL SQLite carries out: reading tables, views and SQLite's own schema, calling functions, recursion;
/// nothing that writes or reaches out.
enum RawAuthoriser {
    static let authorise:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?
        ) -> Int32 = { _, action, first, second, _, _ in
            switch action {
            case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: SQLITE_OK
            case SQLITE_FUNCTION: isAllowed(second, except: forbiddenFunctions) ? SQLITE_OK : SQLITE_DENY
            case SQLITE_PRAGMA: isAllowed(first, among: harmlessPragmas) ? SQLITE_OK : SQLITE_DENY
            default: SQLITE_DENY
            }
        }

    private static let forbiddenFunctions: Set<String> = ["load_extension", "fts3_tokenizer"]
    private static let harmlessPragmas: Set<String> = [
        "table_info", "table_xinfo", "table_list", "index_list", "index_info", "data_version",
    ]

    private static func isAllowed(_ name: UnsafePointer<CChar>?, among allowed: Set<String>) -> Bool {
        name.map { allowed.contains(String(cString: $0).lowercased()) } ?? false
    }

    private static func isAllowed(_ name: UnsafePointer<CChar>?, except forbidden: Set<String>) -> Bool {
        name.map { !forbidden.contains(String(cString: $0).lowercased()) } ?? false
    }
}
