import GRDB
import GRDBSQLite

/// A prepared statement whose own pointer is bound, stepped and read directly: where records go by the hundred thousand, this is
/// measured twice as fast as binding through GRDB's values. Nor does it trap on a value of another kind than expected, which a
/// damaged file may hold.
///
/// Lives as long as the access to its database; not `Sendable`, like the connection.
final class BulkStatement {
    private let statement: Statement
    private let pointer: OpaquePointer
    private let counter: RowCounter?
    private var failureOfBinding = SQLITE_OK

    convenience init(_ db: Database, sql: String, counter: RowCounter? = nil) throws {
        self.init(try db.makeStatement(sql: sql), counter)
    }

    /// The connection prepares it once and keeps it: for small queries that are asked all the time. It must not be asked again while
    /// its rows are being read.
    convenience init(keptBy db: Database, sql: String, counter: RowCounter? = nil) throws {
        self.init(try db.cachedStatement(sql: sql), counter)
    }

    private init(_ statement: Statement, _ counter: RowCounter?) {
        self.statement = statement
        pointer = statement.sqliteStatement
        self.counter = counter
    }

    // MARK: Binding, positions from 1

    func bind(_ integer: Int64, at position: Int32) { note(sqlite3_bind_int64(pointer, position, integer)) }

    func bind(_ double: Double, at position: Int32) { note(sqlite3_bind_double(pointer, position, double)) }

    func bindNull(at position: Int32) { note(sqlite3_bind_null(pointer, position)) }

    func bind(_ text: String, at position: Int32) {
        // A nil pointer would bind null, and the empty text may have none.
        guard !text.utf8.isEmpty else { return note(sqlite3_bind_text(pointer, position, "", 0, Self.transient)) }
        var text = text
        text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { characters in
                note(
                    sqlite3_bind_text(
                        pointer, position, characters.baseAddress, Int32(clamping: characters.count), Self.transient))
            }
        }
    }

    func bind(_ bytes: [UInt8], at position: Int32) {
        guard !bytes.isEmpty else { return note(sqlite3_bind_zeroblob(pointer, position, 0)) }
        bytes.withUnsafeBytes { buffer in
            note(sqlite3_bind_blob(pointer, position, buffer.baseAddress, Int32(clamping: buffer.count), Self.transient))
        }
    }

    /// SQLite copies the bytes before the call returns (SQLITE_TRANSIENT, a macro that Swift does not see).
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// A value that was not bound must not be taken for null: the next step throws.
    private func note(_ code: Int32) {
        if code != SQLITE_OK { failureOfBinding = code }
    }

    // MARK: Running

    /// Moves to the next row; false after the last.
    func step() throws -> Bool {
        guard failureOfBinding == SQLITE_OK else { throw failure(failureOfBinding) }
        switch sqlite3_step(pointer) {
        case SQLITE_ROW:
            counter?.countRow()
            return true
        case SQLITE_DONE:
            return false
        case let code:
            throw failure(code)
        }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(sqlite3_db_handle(pointer))),
            sql: statement.sql)
    }

    /// Runs a statement that gives no rows, and makes it ready to be bound again. Returns how many rows it changed.
    @discardableResult
    func run() throws -> Int {
        defer { reset() }
        while try step() {}
        return Int(sqlite3_changes(sqlite3_db_handle(pointer)))
    }

    func reset() {
        sqlite3_reset(pointer)
        failureOfBinding = SQLITE_OK
        counter?.count(
            scannedRows: sqlite3_stmt_status(pointer, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1),
            steps: sqlite3_stmt_status(pointer, SQLITE_STMTSTATUS_VM_STEP, 1))
    }

    // MARK: Reading, columns from 0

    func storageClass(_ column: Int32) -> StorageClass { StorageClass(sqlite3_column_type(pointer, column)) }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

    func double(_ column: Int32) -> Double { sqlite3_column_double(pointer, column) }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(pointer, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column))))
    }

    /// Nil when the bytes are not valid UTF-8, which a damaged file may hold.
    func text(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(pointer, column) else { return nil }
        return String(
            validating: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column))), as: UTF8.self)
    }
}
