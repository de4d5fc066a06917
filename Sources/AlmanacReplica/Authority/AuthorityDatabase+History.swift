import AlmanacModel
import AlmanacWire
import GRDB

/// Something that happened to the dataset, or to who may use it.
public enum HistoryEvent: Hashable, Sendable {
    case act(AuditEntry)
    case commit(Commit)

    public var time: Instant {
        switch self {
        case .act(let entry): entry.time
        case .commit(let commit): commit.header.time
        }
    }
}

extension AuthorityDatabase {
    /// Adds an entry to the history, durably, for an act that changes nothing else in the file.
    public func note(_ entry: AuditEntry) throws { try pool.write { try AuditTable.add(entry, in: $0) } }

    /// Adds the entry of an act outside the file: what prepares it, then the entry, then the step that decides, in one transaction, so that
    /// two such acts come one after the other. A crash between the deciding step and the end leaves the act without its entry.
    public func note(_ prepare: () throws -> AuditEntry, deciding: () throws -> Void) throws {
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try AuditTable.add(prepare(), in: database)
                try deciding()
                return .commit
            }
        }
    }

    /// Adds an entry unless there is one of the same act and detail: for whoever finds an act without its entry.
    public func noteIfMissing(_ entry: AuditEntry) throws {
        guard try !pool.read({ try AuditTable.has(entry, in: $0) }) else { return }
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                if try !AuditTable.has(entry, in: database) { try AuditTable.add(entry, in: database) }
                return .commit
            }
        }
    }

    /// Calls the body with every act and every commit since a moment, in the order of time; only those that a person did, or that
    /// concern them, if one is named.
    public func forEachEvent(
        since: Instant? = nil, person: String? = nil, _ body: (HistoryEvent) throws -> Void
    ) throws {
        try pool.read { database in
            let acts = try HistoryCursor(
                database, "SELECT \(AuditTable.columns) FROM almanac_audit", person: (person, "? IN (actor, person)"), since,
                order: "id", read: { .act(try AuditTable.entry($0)) })
            defer { acts.end() }
            let commits = try HistoryCursor(
                database, "SELECT \(AuthoritySchema.commitColumns) FROM almanac_commit", person: (person, "author = ?"), since,
                order: "sequence", read: { .commit(try AuthoritySchema.commit($0)) })
            defer { commits.end() }
            while let next = Self.earlier(acts, commits) {
                try body(next.0)
                try next.1.step()
            }
        }
    }

    /// Of two of the same moment the act is first.
    private static func earlier(_ acts: HistoryCursor, _ commits: HistoryCursor) -> (HistoryEvent, HistoryCursor)? {
        guard let act = acts.current else { return commits.current.map { ($0, commits) } }
        guard let commit = commits.current, commit.time < act.time else { return (act, acts) }
        return (commit, commits)
    }
}

/// One kind of events, in the order of time.
private final class HistoryCursor {
    private let statement: BulkStatement
    private let read: (BulkStatement) throws -> HistoryEvent
    private(set) var current: HistoryEvent?

    init(
        _ database: Database, _ selection: String, person: (name: String?, condition: String), _ since: Instant?, order: String,
        read: @escaping (BulkStatement) throws -> HistoryEvent
    ) throws {
        let condition = person.name == nil ? "" : "AND \(person.condition)"
        statement = try BulkStatement(database, sql: "\(selection) WHERE time >= ? \(condition) ORDER BY time, \(order)")
        self.read = read
        statement.bind(since?.milliseconds ?? .min, at: 1)
        if let name = person.name { statement.bind(name, at: 2) }
        try step()
    }

    func step() throws { current = try statement.step() ? try read(statement) : nil }

    func end() { statement.reset() }
}
