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
        try BulkStatement(self, sql: sql, counter: counter).first(arguments, body)
    }

    /// The first row of a query whose statement the connection keeps; the body asks nothing itself.
    func row<Content>(
        keeping sql: String, _ arguments: [Argument] = [], counter: RowCounter? = nil, _ body: (BulkStatement) throws -> Content
    ) throws -> Content? {
        try BulkStatement(keptBy: self, sql: sql, counter: counter).first(arguments, body)
    }

    /// Runs one statement that gives no rows. Returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: [Argument] = [], counter: RowCounter? = nil) throws -> Int {
        try statement(sql, arguments, counter).run()
    }

    private func statement(_ sql: String, _ arguments: [Argument], _ counter: RowCounter?) throws -> BulkStatement {
        let statement = try BulkStatement(self, sql: sql, counter: counter)
        statement.bind(arguments)
        return statement
    }
}

extension BulkStatement {
    fileprivate func bind(_ arguments: [Argument]) {
        var position: Int32 = 0
        for argument in arguments {
            position += 1
            switch argument {
            case .integer(let integer): bind(integer, at: position)
            case .text(let text): bind(text, at: position)
            case .blob(let bytes): bind(bytes, at: position)
            case .null: bindNull(at: position)
            }
        }
    }

    fileprivate func first<Content>(_ arguments: [Argument], _ body: (BulkStatement) throws -> Content) throws -> Content? {
        bind(arguments)
        defer { reset() }
        return try step() ? try body(self) : nil
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
