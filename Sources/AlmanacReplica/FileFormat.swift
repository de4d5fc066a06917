import GRDB

/// How a file says what it is: SQLite's application id and user version.
enum FileFormat {
    case authority
    case replica
    case outbox

    /// Raised by every change that an older program cannot read. Version 2 of an authority's file has salts in its commits; that of
    /// an outbox says what its operations are about.
    private var version: Int64 {
        switch self {
        case .authority, .outbox: 2
        case .replica: 1
        }
    }

    /// "ALMA", "ALMR" and "ALMO" in ASCII.
    private var applicationID: Int64 {
        switch self {
        case .authority: 0x414c_4d41
        case .replica: 0x414c_4d52
        case .outbox: 0x414c_4d4f
        }
    }

    func mark(_ database: Database) throws {
        try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
    }

    func check(_ database: Database, path: String) throws {
        let found = try self.version(of: database, path: path)
        guard found == version else { throw ReplicaError.olderFormat(path: path, found: Int(found)) }
    }

    /// The version that a file has, this one or an older one. Also refuses triggers, which Almanac never makes: they would change what is
    /// written.
    func version(of database: Database, path: String) throws -> Int64 {
        guard try number(database, "PRAGMA application_id") == applicationID else { throw ReplicaError.notAlmanac(path: path) }
        let found = try number(database, "PRAGMA user_version")
        guard found <= version else { throw ReplicaError.newerFormat(found: Int(found), known: Int(version)) }
        guard try number(database, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'") == 0 else {
            throw ReplicaError.damaged("it has triggers")
        }
        return found
    }

    private func number(_ database: Database, _ sql: String) throws -> Int64 {
        try database.row(sql) { $0.integer(0) } ?? 0
    }

    /// What every connection begins with. A damaged or hostile file gets no further than SQLite's own checks.
    static func prepare(_ database: Database) throws {
        try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    }

    /// Says of the errors with which SQLite refuses a file what they mean.
    static func opening<Content>(_ path: String, _ body: () throws -> Content) throws -> Content {
        do {
            return try body()
        } catch let error as DatabaseError {
            let message = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
            switch error.resultCode {
            case .SQLITE_NOTADB, .SQLITE_CORRUPT: throw ReplicaError.damaged(message)
            case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY: throw ReplicaError.cannotOpen(path: path, message)
            default: throw error
            }
        }
    }
}
