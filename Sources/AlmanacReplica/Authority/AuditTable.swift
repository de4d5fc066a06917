import AlmanacModel
import GRDB

/// The history of administrative acts. It never travels.
enum AuditTable {
    private static let name = "almanac_audit"

    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE almanac_audit (
                    id INTEGER PRIMARY KEY, time INTEGER NOT NULL, actor TEXT NOT NULL, device TEXT, act TEXT NOT NULL, person TEXT,
                    detail TEXT NOT NULL
                )
                """)
    }

    /// Another process may have been first.
    static func createIfMissing(in database: Database) throws {
        if try !exists(in: database) { try create(in: database) }
    }

    /// Files that were founded before there was a history begin one.
    static func exists(in database: Database) throws -> Bool {
        try database.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [.text(name)]) { _ in } != nil
    }

    /// Adds an entry. Called in the transaction of what it tells of, so that neither is there without the other.
    static func add(_ entry: AuditEntry, in database: Database) throws {
        let (actor, device) =
            switch entry.actor {
            case .operator(let name): (name, Argument.null)
            case .device(let device, let person): (person, Argument.text(device))
            }
        try database.run(
            "INSERT INTO almanac_audit (time, actor, device, act, person, detail) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .instant(entry.time), .text(actor), device, .text(entry.act.rawValue), entry.person.map(Argument.text) ?? .null,
                .text(entry.detail),
            ])
    }

    /// Whether there is an entry of the same act and detail.
    static func has(_ entry: AuditEntry, in database: Database) throws -> Bool {
        let sql = "SELECT 1 FROM almanac_audit WHERE act = ? AND detail = ?"
        return try database.row(sql, [.text(entry.act.rawValue), .text(entry.detail)]) { _ in } != nil
    }

    /// What an entry is read from.
    static let columns = "time, actor, device, act, person, detail"

    /// Of the columns above.
    static func entry(_ row: BulkStatement) throws -> AuditEntry {
        let what = "an entry of the history"
        let actor = try row.text(1, of: what)
        let device = try row.optional(2) { try row.text($0, of: what) }
        return AuditEntry(
            time: try row.instant(0, of: what), actor: device.map { .device($0, of: actor) } ?? .operator(actor),
            act: AuditAct(rawValue: try row.text(3, of: what)), person: try row.optional(4) { try row.text($0, of: what) },
            detail: try row.text(5, of: what))
    }
}
