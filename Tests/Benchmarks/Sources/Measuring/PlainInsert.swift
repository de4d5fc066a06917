import AlmanacModel
import GRDBSQLite
import GeneratedData

/// The yardstick of applying: the same rows, into a table with the same columns, through one prepared statement in one transaction,
/// into a new file without a journal and without a sync; the same two indexes are made at the end. Neither digests nor checks anything, and its values
/// are in SQLite's form before the clock starts.
public struct PlainInsert: Sendable {
    private let rows: [[Cell]]

    private enum Cell: Sendable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
    }

    /// SQLite did not do what it should.
    public struct Failure: Error {
        public let message: String
    }

    public var rowCount: Int { rows.count }

    public init(_ records: [Record]) {
        rows = records.map { record in
            [.integer(record.id.rawValue), .integer(1), .integer(Int64(clamping: record.sequence.rawValue)), .null]
                + (1...10).map { FieldID($0).flatMap { record[$0] }.map(Self.cell) ?? .null }
        }
    }

    private static func cell(_ value: Value) -> Cell {
        switch value {
        case .integer(let integer): .integer(integer)
        case .reference(let id): .integer(id.rawValue)
        case .decimal(let decimal): .real(decimal.double)
        case .text(let text): .text(text.string)
        case let other: .text(other.description)
        }
    }

    /// Writes the file.
    public func run(path: String) throws {
        var opened: OpaquePointer?
        guard sqlite3_open(path, &opened) == SQLITE_OK, let connection = opened else { throw Failure(message: path) }
        defer { sqlite3_close(connection) }
        try Self.execute(
            connection,
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;
            BEGIN;
            CREATE TABLE deals (id INTEGER PRIMARY KEY, _stream INTEGER NOT NULL, _seq INTEGER NOT NULL, _rest BLOB, f1 TEXT, f2 TEXT,
                f3 INTEGER, f4 TEXT, f5 REAL, f6 TEXT, f7 TEXT, f8 TEXT, f9 INTEGER, f10 TEXT);
            """)
        try insert(connection)
        try Self.execute(
            connection, "CREATE INDEX deals_key ON deals (f1); CREATE INDEX deals_organisation ON deals (f3); COMMIT")
    }

    private func insert(_ connection: OpaquePointer) throws {
        var prepared: OpaquePointer?
        sqlite3_prepare_v2(connection, "INSERT INTO deals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", -1, &prepared, nil)
        guard let statement = prepared else { throw Self.failure(connection) }
        defer { sqlite3_finalize(statement) }
        for row in rows {
            for (index, cell) in row.enumerated() { Self.bind(cell, statement, Int32(index + 1)) }
            guard sqlite3_step(statement) == SQLITE_DONE else { throw Self.failure(connection) }
            sqlite3_reset(statement)
        }
    }

    private static func bind(_ cell: Cell, _ statement: OpaquePointer, _ position: Int32) {
        switch cell {
        case .null: sqlite3_bind_null(statement, position)
        case .integer(let integer): sqlite3_bind_int64(statement, position, integer)
        case .real(let double): sqlite3_bind_double(statement, position, double)
        case .text(let text):
            var text = text
            text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) {
                    _ = sqlite3_bind_text(statement, position, $0.baseAddress, Int32($0.count), transient)
                }
            }
        }
    }

    /// SQLite copies the bytes before the call returns (SQLITE_TRANSIENT, a macro that Swift does not see).
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private static func execute(_ connection: OpaquePointer, _ sql: String) throws {
        guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw failure(connection) }
    }

    private static func failure(_ connection: OpaquePointer) -> Failure {
        Failure(message: String(cString: sqlite3_errmsg(connection)))
    }
}
