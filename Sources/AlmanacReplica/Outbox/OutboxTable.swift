import AlmanacModel
import AlmanacWire
import GRDB

/// The entries of an outbox in one access to its file.
struct OutboxTable {
    let database: Database
    let path: String

    /// How a state stands in the file.
    enum Code: Int64 {
        case waiting = 1
        case sent = 2
        case applied = 3
        case rejected = 4
    }

    // MARK: Reading

    private static let columns = """
        SELECT number, operation, added, summary, tip_epoch, tip_sequence, state, retry_of, epoch, outcome,
            (SELECT later.id FROM entry AS later WHERE later.retry_of = entry.id) FROM entry
        """

    /// `clause` begins with WHERE; where it is empty, all in order.
    func entries(_ clause: String, _ arguments: [Argument] = []) throws -> [OutboxEntry] {
        try database.rows("\(Self.columns) \(clause.isEmpty ? "ORDER BY number" : clause)", arguments, entry)
    }

    func entry(_ id: UniqueID) throws -> OutboxEntry? { try entries("WHERE id = ?", [.blob(id.bytes)]).first }

    func needed(_ id: UniqueID) throws -> OutboxEntry {
        guard let entry = try entry(id) else { throw OutboxError.unknown(id) }
        return entry
    }

    private func entry(_ row: BulkStatement) throws -> OutboxEntry {
        let number = row.integer(0)
        guard let operation = try? SentOperation(row.bytes(1)) else { throw damaged(number, "the operation") }
        let tip = try row.optional(4) { column in
            AlmanacModel.Cursor(
                epoch: Epoch(UInt64(clamping: try row.integer(column, of: "an epoch"))),
                sequence: try row.sequence(column + 1, of: "a sequence"))
        }
        return OutboxEntry(
            number: number, operation: operation, added: try row.instant(2, of: "when a change was written"),
            summary: Text(try row.text(3, of: "what a change does")), tip: tip, state: try state(row, number),
            retryOf: try row.optional(7) { try id(row, $0) }, retriedBy: try row.optional(10) { try id(row, $0) })
    }

    private func id(_ row: BulkStatement, _ column: Int32) throws -> UniqueID {
        guard let id = UniqueID(bytes: row.bytes(column)) else { throw damaged(row.integer(0), "the id of a change") }
        return id
    }

    private func state(_ row: BulkStatement, _ number: Int64) throws -> OutboxEntry.State {
        let outcome = try row.optional(9) { try self.outcome(row, $0, number) }
        let settled = try row.optional(8) { column -> OutboxEntry.Settled? in
            guard case .applied(let applied)? = outcome else { return nil }
            return OutboxEntry.Settled(
                epoch: Epoch(UInt64(clamping: try row.integer(column, of: "an epoch"))), applied: applied)
        }
        switch (Code(rawValue: row.integer(6)), outcome, settled ?? nil) {
        case (.waiting, nil, nil): return .waiting
        case (.sent, _, let earlier): return .sent(earlier: earlier)
        case (.applied, _, let settled?): return .applied(settled)
        case (.rejected, .rejected(let rejection)?, _): return .rejected(rejection)
        default: throw damaged(number, "the state")
        }
    }

    private func outcome(_ row: BulkStatement, _ column: Int32, _ number: Int64) throws -> Receipt.Outcome {
        guard let outcome = try? Receipt.Outcome.decode(row.bytes(column)) else { throw damaged(number, "the outcome") }
        return outcome
    }

    func decoded(_ entry: OutboxEntry) throws -> Operation {
        do {
            return try entry.operation.decode()
        } catch {
            throw damaged(entry.number, "the operation: \(error)")
        }
    }

    private func damaged(_ number: Int64, _ what: String) -> OutboxError { .damaged(path: path, "\(what) of entry \(number)") }

    // MARK: Asking

    /// Those that share something with the scope.
    func pending(at cursor: AlmanacModel.Cursor?, about scope: OperationScope) throws -> [OutboxEntry] {
        let (waits, position) = Self.waiting(at: cursor)
        // Everything is most of the file: it is read as it lies.
        let chosen = scope == .everything ? "" : "scope IN (\(scope.overlapping)) AND "
        return try entries("WHERE \(chosen)(\(waits)) ORDER BY number", position)
    }

    func hasPending(at cursor: AlmanacModel.Cursor?, about scope: OperationScope) throws -> Bool {
        let (waits, position) = Self.waiting(at: cursor)
        let sql = "SELECT 1 FROM entry WHERE scope IN (\(scope.overlapping)) AND (\(waits)) LIMIT 1"
        return try database.row(sql, position) { _ in } != nil
    }

    private static func waiting(at cursor: AlmanacModel.Cursor?) -> (sql: String, [Argument]) {
        guard let cursor else { return ("state IN (1, 2, 3)", []) }
        return (
            "state IN (1, 2) OR state = 3 AND (epoch > ?1 OR epoch = ?1 AND sequence > ?2)",
            [.integer(Int64(clamping: cursor.epoch.rawValue)), .sequence(cursor.sequence)]
        )
    }

    func unsettled(after number: Int64, count: Int, bytes: Int) throws -> [OutboxEntry] {
        let found = try entries(
            "WHERE state IN (1, 2) AND number > ? ORDER BY number LIMIT ?", [.integer(number), .integer(Int64(count))])
        var left = bytes
        return Array(
            found.enumerated().prefix { index, entry in
                left -= entry.operation.bytes.count
                return index == 0 || left >= 0
            }.map(\.element))
    }

    func counts() throws -> OutboxCounts {
        let retried = "EXISTS (SELECT 1 FROM entry AS later WHERE later.retry_of = entry.id)"
        let sql = "SELECT state, count(*) FROM entry WHERE state IN (1, 2) OR state = 4 AND NOT \(retried) GROUP BY state"
        var counts = OutboxCounts()
        let found = try database.rows(sql) { (Code(rawValue: $0.integer(0)), Int($0.integer(1))) }
        for (state, count) in found {
            switch state {
            case .waiting: counts.waiting = count
            case .sent: counts.sent = count
            case .rejected: counts.rejected = count
            case .applied, nil: break
            }
        }
        return counts
    }

    func lastNumber() throws -> Int64 {
        try database.row("SELECT seq FROM sqlite_sequence WHERE name = 'entry'") { $0.integer(0) } ?? 0
    }

    /// What waits and is about records that this operation makes.
    func waiting(naming id: UniqueID) throws -> [UniqueID] {
        try entries("WHERE state = 1 ORDER BY number").filter { entry in
            entry.id != id && ((try? entry.operation.decode())?.changes.contains { $0.namedOperations.contains(id) } ?? false)
        }.map(\.id)
    }

    /// The operation that stands for this one after it was rejected and tried again.
    func newest(_ id: UniqueID) throws -> UniqueID {
        var newest = id
        while let later = try entries("WHERE retry_of = ?", [.blob(newest.bytes)]).first { newest = later.id }
        return newest
    }
}
