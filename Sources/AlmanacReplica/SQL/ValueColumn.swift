import AlmanacModel

/// How the values of a field stand in a column.
enum ValueColumn {
    /// The column's declared type, which fixes its affinity. Dates, moments and UUIDs are texts, as SQLite's functions read them.
    static func declaredType(_ type: ValueType) -> String {
        switch type {
        case .boolean, .integer, .reference: "INTEGER"
        case .decimal: "REAL"
        case .text, .date, .instant, .uuid, .textSet: "TEXT"
        case .bytes: "BLOB"
        }
    }

    static func bind(_ value: Value, to statement: BulkStatement, at position: Int32) {
        switch value {
        case .boolean(let value): statement.bind(Int64(value ? 1 : 0), at: position)
        case .integer(let value): statement.bind(value, at: position)
        case .decimal(let value): statement.bind(value.double, at: position)
        case .text(let value): statement.bind(value.string, at: position)
        case .date(let value): statement.bind(value.description, at: position)
        case .instant(let value): statement.bind(value.description, at: position)
        case .uuid(let value): statement.bind(value.description, at: position)
        case .bytes(let value): statement.bind(value, at: position)
        case .textSet(let value): statement.bind(JSONTextArray.encode(value), at: position)
        case .reference(let value): statement.bind(value.rawValue, at: position)
        case .unknown(let value): statement.bind(value.bytes, at: position)
        }
    }

    /// Nil for null. Throws when the column holds what Almanac never wrote there: the file is damaged or was edited.
    static func read(_ type: ValueType, from statement: BulkStatement, column: Int32) throws(StoredValueError) -> Value? {
        let storage = statement.storageClass(column)
        if storage == .null { return nil }
        guard storage == expected(type), let value = value(type, from: statement, column: column) else {
            throw StoredValueError(type: type, found: storage)
        }
        return value
    }

    private static func expected(_ type: ValueType) -> StorageClass {
        switch type {
        case .boolean, .integer, .reference: .integer
        case .decimal: .real
        case .text, .date, .instant, .uuid, .textSet: .text
        case .bytes: .blob
        }
    }

    private static func value(_ type: ValueType, from statement: BulkStatement, column: Int32) -> Value? {
        switch type {
        case .boolean:
            switch statement.integer(column) {
            case 0: .boolean(false)
            case 1: .boolean(true)
            default: nil
            }
        case .integer: .integer(statement.integer(column))
        case .decimal: ExactDecimal(statement.double(column)).map(Value.decimal)
        case .reference: RecordID(statement.integer(column)).map(Value.reference)
        case .bytes: .bytes(statement.bytes(column))
        case .text, .date, .instant, .uuid, .textSet: statement.text(column).flatMap { textual(type, $0) }
        }
    }

    private static func textual(_ type: ValueType, _ text: String) -> Value? {
        switch type {
        case .date: CalendarDate(text).map(Value.date)
        case .instant: Instant(text).map(Value.instant)
        case .uuid: UniqueID(text).map(Value.uuid)
        case .textSet: JSONTextArray.decode(text).map(Value.textSet)
        default: .text(Text(text))
        }
    }
}

/// A column holds something that Almanac never wrote there.
struct StoredValueError: Error {
    let type: ValueType
    let found: StorageClass
}
