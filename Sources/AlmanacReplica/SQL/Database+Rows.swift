import AlmanacModel
import AlmanacWire
import GRDB

/// What a small query is asked with.
enum Argument {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case null

    static func sequence(_ sequence: AlmanacModel.Sequence) -> Argument { .integer(Int64(clamping: sequence.rawValue)) }

    static func instant(_ instant: Instant) -> Argument { .integer(instant.milliseconds) }

    static func fixed(_ bytes: some FixedBytes) -> Argument { .blob(bytes.bytes) }
}

extension Database {
    /// The rows of a query, each as the body reads it.
    func rows<Content>(
        _ sql: String, _ arguments: [Argument] = [], counter: RowCounter? = nil, _ body: (BulkStatement) throws -> Content
    ) throws -> [Content] {
        let statement = try statement(sql, arguments, counter)
        defer { statement.reset() }
        var rows: [Content] = []
        while try statement.step() { rows.append(try body(statement)) }
        return rows
    }

    /// The first row of a query; nil if there is none.
    func row<Content>(
        _ sql: String, _ arguments: [Argument] = [], counter: RowCounter? = nil, _ body: (BulkStatement) throws -> Content
    ) throws -> Content? {
        let statement = try statement(sql, arguments, counter)
        defer { statement.reset() }
        return try statement.step() ? try body(statement) : nil
    }

    /// Runs one statement that gives no rows. Returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: [Argument] = [], counter: RowCounter? = nil) throws -> Int {
        try statement(sql, arguments, counter).run()
    }

    private func statement(_ sql: String, _ arguments: [Argument], _ counter: RowCounter?) throws -> BulkStatement {
        let statement = try BulkStatement(self, sql: sql, counter: counter)
        var position: Int32 = 0
        for argument in arguments {
            position += 1
            switch argument {
            case .integer(let integer): statement.bind(integer, at: position)
            case .text(let text): statement.bind(text, at: position)
            case .blob(let bytes): statement.bind(bytes, at: position)
            case .null: statement.bindNull(at: position)
            }
        }
        return statement
    }
}

/// Values that the file must hold unless it is damaged.
extension BulkStatement {
    func integer(_ column: Int32, of what: String) throws -> Int64 {
        guard storageClass(column) == .integer else { throw ReplicaError.damaged(what) }
        return integer(column)
    }

    func text(_ column: Int32, of what: String) throws -> String {
        guard storageClass(column) == .text, let text = text(column) else { throw ReplicaError.damaged(what) }
        return text
    }

    func blob(_ column: Int32, of what: String) throws -> [UInt8] {
        guard storageClass(column) == .blob else { throw ReplicaError.damaged(what) }
        return bytes(column)
    }

    func fixed<Content: FixedBytes>(_ column: Int32, of what: String) throws -> Content {
        guard let content = Content(bytes: try blob(column, of: what)) else { throw ReplicaError.damaged(what) }
        return content
    }

    func sequence(_ column: Int32, of what: String) throws -> AlmanacModel.Sequence {
        guard let number = UInt64(exactly: try integer(column, of: what)) else { throw ReplicaError.damaged(what) }
        return AlmanacModel.Sequence(number)
    }

    func instant(_ column: Int32, of what: String) throws -> Instant {
        guard let instant = Instant(milliseconds: try integer(column, of: what)) else { throw ReplicaError.damaged(what) }
        return instant
    }

    /// Nil for null.
    func optional<Content>(_ column: Int32, _ read: (Int32) throws -> Content) rethrows -> Content? {
        storageClass(column) == .null ? nil : try read(column)
    }
}
