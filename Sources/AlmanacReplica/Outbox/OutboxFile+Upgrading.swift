import AlmanacModel
import AlmanacWire
import GRDB

extension OutboxFile {
    /// Adds to a file of version 1 what its operations are about.
    static func upgrade(_ queue: DatabaseQueue, _ path: String) throws {
        guard try queue.read({ try FileFormat.outbox.version(of: $0, path: path) }) == 1 else { return }
        try queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                // Another process may have come first.
                guard try FileFormat.outbox.version(of: database, path: path) == 1 else { return .rollback }
                try addScopes(to: database)
                try FileFormat.outbox.mark(database)
                return .commit
            }
        }
    }

    private static func addScopes(to database: Database) throws {
        try database.execute(sql: "ALTER TABLE entry ADD COLUMN \(scopeColumn)")
        let scopes = try database.rows("SELECT number, operation FROM entry") { row in
            (row.integer(0), (try? SentOperation(row.bytes(1)).decode()).map { OperationScope(of: $0) } ?? .everything)
        }
        for (number, scope) in scopes {
            try database.run("UPDATE entry SET scope = ? WHERE number = ?", [.integer(scope.rawValue), .integer(number)])
        }
        try database.execute(sql: scopeIndex)
    }

    /// One that cannot be read may be about anything.
    static let scopeColumn = "scope INTEGER NOT NULL DEFAULT \(OperationScope.everything.rawValue)"
    static let scopeIndex = "CREATE INDEX entry_scope ON entry (scope, state, epoch, sequence)"
}
