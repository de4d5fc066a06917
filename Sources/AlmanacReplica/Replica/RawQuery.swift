import AlmanacModel
import GRDBSQLite

/// Runs a user's own SQL on a replica, which it cannot change: a read-only connection, an authoriser that allows reading and nothing
/// else, no extensions, no ATTACH, and bounds on time and memory. For one task at a time.
public final class RawQuery {
    let connection: OpaquePointer
    private let deadline = Deadline()
    /// Views that are made when a statement names them, in an order in which each comes behind those that it needs.
    var offered: [AnswerView] = []
    /// The views that a statement can name.
    public internal(set) var viewNames: Set<String> = []

    /// What a column of a row holds.
    public enum Cell: Hashable, Sendable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
        case blob([UInt8])
    }

    /// Why a statement gave no answer.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        case sql(String)
        case notAllowed(String)
        case tookTooLong(Duration)
        case cannotOpen(String)

        public var description: String {
            switch self {
            case .sql(let message): message
            case .notAllowed(let message): "only reading is allowed here: \(message)"
            case .tookTooLong(let limit):
                "the query was stopped after \(limit.components.seconds) s; a longer limit is set by --timeout"
            case .cannotOpen(let message): message
            }
        }
    }

    /// Checked from inside SQLite's progress handler.
    private final class Deadline {
        let clock = ContinuousClock()
        var end: ContinuousClock.Instant

        init() { end = clock.now }

        var isOver: Bool { clock.now >= end }
    }

    /// Bounds what SQLite takes in this whole process: for a program that runs a query and ends.
    public static func limitMemory(ofProcess limit: ByteCount) { sqlite3_hard_heap_limit64(Int64(limit.rawValue)) }

    /// Opens the file without changing anything in it or beside it. The limit of memory is SQLite's, which has one for the whole process.
    ///
    /// `views` are there for this connection whatever the file says of them: it may come from another version of the program.
    /// `overlay` is seen on top of the replica's rows, by the schema that explains them; throws ``ReplicaOverlay/Outdated`` where the
    /// replica has moved on meanwhile.
    public init(path: String, views: [AnswerView] = [], overlay: (ReplicaOverlay, Schema)? = nil) throws {
        connection = try RawConnection.open(path)
        // A failure from here on runs `deinit`: everything is initialised.
        if let (overlay, schema) = overlay, !overlay.isEmpty { try overlay.install(on: connection, schema) }
        try offer(views)
        sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_limit(connection, SQLITE_LIMIT_SQL_LENGTH, 1_000_000)
        sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, 100_000_000)
        sqlite3_set_authorizer(connection, RawAuthoriser.authorise, nil)
        sqlite3_progress_handler(
            connection, 10_000,
            { context in
                guard let context else { return 1 }
                return Unmanaged<Deadline>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
            }, Unmanaged.passUnretained(deadline).toOpaque())
    }

    /// Where the replica stands.
    public func cursor() throws -> Cursor {
        var cursor: Cursor?
        try run("SELECT epoch, sequence FROM main.almanac_replica", timeout: .seconds(20)) { _ in
        } row: { cells in
            guard case .integer(let epoch)? = cells.first, case .integer(let sequence)? = cells.last else { return false }
            cursor = Cursor(epoch: Epoch(UInt64(clamping: epoch)), sequence: Sequence(UInt64(clamping: sequence)))
            return false
        }
        guard let cursor else { throw ReplicaError.damaged("it does not say where it stands") }
        return cursor
    }

    deinit { sqlite3_close_v2(connection) }

    /// Runs one statement. The body gets the column names once, then each row, until it answers false. The n-th binding is the value
    /// of `?n`.
    public func run(
        _ sql: String, _ bindings: [Cell] = [], timeout: Duration, columns: ([String]) throws -> Void,
        row: ([Cell]) throws -> Bool
    ) throws {
        deadline.end = deadline.clock.now.advanced(by: timeout)
        try makeViews(namedIn: sql)
        let statement = try prepare(sql, timeout)
        defer { sqlite3_finalize(statement) }
        for (index, cell) in bindings.enumerated() {
            let code = Self.bind(cell, to: Int32(index + 1), of: statement)
            guard code == SQLITE_OK else { throw failure(code, timeout) }
        }
        let count = sqlite3_column_count(statement)
        try columns((0..<count).map { sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? "" })
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: guard try row((0..<count).map { Self.cell(statement, $0) }) else { return }
            case SQLITE_DONE: return
            case let code: throw failure(code, timeout)
            }
        }
    }

    private func prepare(_ sql: String, _ timeout: Duration) throws -> OpaquePointer {
        guard !sql.utf8.contains(0) else { throw Failure.sql("there is a NUL character in it") }
        return try sql.withCString { start in
            let (first, tail) = try prepare(start, timeout)
            guard let first else { throw Failure.sql("there is no statement in it") }
            do {
                guard sqlite3_stmt_readonly(first) != 0 else { throw Failure.notAllowed("this statement would write") }
                try requireNothingMore(tail, timeout)
                return first
            } catch {
                sqlite3_finalize(first)
                throw error
            }
        }
    }

    /// Nil for what is only space and comments.
    private func prepare(
        _ start: UnsafePointer<CChar>, _ timeout: Duration
    ) throws -> (statement: OpaquePointer?, tail: UnsafePointer<CChar>?) {
        var statement: OpaquePointer?
        var tail: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v2(connection, start, -1, &statement, &tail)
        guard code == SQLITE_OK else { throw failure(code, timeout) }
        return (statement, tail)
    }

    private func requireNothingMore(_ tail: UnsafePointer<CChar>?, _ timeout: Duration) throws {
        var rest = tail
        while let start = rest, start.pointee != 0 {
            let (statement, tail) = try prepare(start, timeout)
            guard statement == nil else {
                sqlite3_finalize(statement)
                throw Failure.sql("one statement at a time: there is more behind the first")
            }
            rest = tail == start ? nil : tail
        }
    }

    private func failure(_ code: Int32, _ timeout: Duration) -> Failure {
        let message = String(cString: sqlite3_errmsg(connection))
        return switch code & 0xff {
        case SQLITE_INTERRUPT: .tookTooLong(timeout)
        case SQLITE_AUTH: .notAllowed(message)
        default: .sql(message)
        }
    }

    static func bind(_ cell: Cell, to index: Int32, of statement: OpaquePointer) -> Int32 {
        // SQLite copies what it is given before the call ends.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        return switch cell {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .real(let number): sqlite3_bind_double(statement, index, number)
        case .text(let text):
            text.utf8.count > Int(Int32.max)
                ? SQLITE_TOOBIG : sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), copied)
        case .blob(let bytes):
            bytes.count > Int(Int32.max)
                ? SQLITE_TOOBIG : sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), copied)
        }
    }

    static func cell(_ statement: OpaquePointer, _ column: Int32) -> Cell {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            guard let start = sqlite3_column_text(statement, column) else { return .text("") }
            let count = Int(sqlite3_column_bytes(statement, column))
            return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let start = sqlite3_column_blob(statement, column) else { return .blob([]) }
            return .blob(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))))
        default: return .null
        }
    }
}
