import AlmanacModel
import AlmanacWire
import GRDB

/// The table of one collection in one access to the database, with the statements that it has needed so far.
final class RecordTable {
    let layout: CollectionLayout
    private let kind: StoreKind
    private let name: String
    private let columns: [String]
    private let database: Database
    private let counter: RowCounter?
    private var statements: [Use: BulkStatement] = [:]

    private enum Use: Hashable {
        case read, scan, insert, replace, delete
        case find(FieldID)
        case update([FieldID])
    }

    init(_ database: Database, layout: CollectionLayout, kind: StoreKind, counter: RowCounter?) {
        self.database = database
        self.layout = layout
        self.kind = kind
        self.counter = counter
        name = TableName.records(layout.collection)
        let history = kind == .served ? ["_born", "_changed"] : []
        columns = ["id", "_stream", "_seq"] + history + ["_rest"] + layout.columnNames
    }

    /// `_rest` holds, as canonical bytes, the values that have no column.
    func create() throws {
        let history = kind == .served ? "_born INTEGER NOT NULL, _changed BLOB, " : ""
        let fields = layout.columns.map { ", \(TableName.column($0.field)) \(ValueColumn.declaredType($0.type))" }
        try database.execute(
            sql: """
                CREATE TABLE \(name) (id INTEGER PRIMARY KEY, _stream INTEGER NOT NULL, _seq INTEGER NOT NULL, \
                \(history)_rest BLOB\(fields.joined()))
                """)
    }

    // MARK: Reading

    func record(_ id: RecordID) throws -> StoredRecord? {
        let select = try statement(.read)
        defer { select.reset() }
        select.bind(id.rawValue, at: 1)
        return try select.step() ? read(select) : nil
    }

    /// Every record, by id.
    func forEach(_ body: (StoredRecord) throws -> Void) throws {
        let select = try statement(.scan)
        defer { select.reset() }
        while try select.step() { try body(read(select)) }
    }

    /// The records whose field has this value, by id: for unique fields, whose index makes it a probe.
    func records(where field: FieldID, is value: Value) throws -> [RecordID] {
        guard layout.columns.contains(where: { $0.field == field }) else {
            throw ReplicaError.refused(
                "nothing can be found by field \(field) of collection \(layout.collection): it has no column")
        }
        let select = try statement(.find(field))
        defer { select.reset() }
        ValueColumn.bind(value, to: select, at: 1)
        var found: [RecordID] = []
        while try select.step() {
            if let id = RecordID(select.integer(0)) { found.append(id) }
        }
        return found
    }

    private func read(_ select: BulkStatement) throws -> StoredRecord {
        guard let id = RecordID(select.integer(0)), let sequence = UInt64(exactly: select.integer(2)) else {
            throw damaged(select.integer(0), "record id or sequence")
        }
        var values: [FieldValue] = []
        var column = Int32(columns.count - layout.columns.count)
        let rest = try rest(select, column: column - 1, id)
        for described in layout.columns {
            do {
                if let value = try ValueColumn.read(described.type, from: select, column: column) {
                    values.append(FieldValue(described.field, value))
                }
            } catch {
                throw damaged(id.rawValue, "field \(described.field): \(error.found) where \(error.type) is expected")
            }
            column += 1
        }
        if !rest.isEmpty { values = (values + rest).sorted { $0.field < $1.field } }
        guard let record = Record(collection: layout.collection, id: id, sequence: Sequence(sequence), values: values) else {
            throw damaged(id.rawValue, "a field stands twice")
        }
        return StoredRecord(record: record, stream: StreamKey(rawValue: select.integer(1)), history: try history(select, id))
    }

    private func rest(_ select: BulkStatement, column: Int32, _ id: RecordID) throws -> [FieldValue] {
        guard select.storageClass(column) != .null else { return [] }
        do {
            return try CanonicalRecord.decode(select.blob(column, of: "not bytes")).values
        } catch {
            throw damaged(id.rawValue, "values without columns: \(error)")
        }
    }

    private func history(_ select: BulkStatement, _ id: RecordID) throws -> RecordHistory? {
        guard kind == .served else { return nil }
        guard let born = UInt64(exactly: select.integer(3)), let changed = FieldSequences(bytes: select.bytes(4)) else {
            throw damaged(id.rawValue, "history")
        }
        return RecordHistory(born: Sequence(born), changedSinceBorn: changed)
    }

    private func damaged(_ id: Int64, _ what: String) -> ReplicaError {
        .damaged("record \(id) of collection \(layout.collection): \(what)")
    }

    // MARK: Writing

    /// False, and nothing written, when there is a record of this id already.
    func insertIfAbsent(_ stored: StoredRecord) throws -> Bool {
        try write(stored, by: .insert) == 1
    }

    func replace(_ stored: StoredRecord) throws {
        try write(stored, by: .replace)
    }

    /// Writes only the columns that differ, so that SQLite leaves the indexes of the others alone.
    func replace(_ old: StoredRecord, with new: StoredRecord) throws {
        let differing = old.record.fieldsDiffering(from: new.record)
        guard hasColumns(for: new.record), statements.count < Self.statementLimit, differing.allSatisfy(hasColumn) else {
            return try replace(new)
        }
        let update = try statement(.update(differing))
        bindHead(of: new, to: update)
        var position = Int32(columns.count - layout.columns.count)
        update.bindNull(at: position)
        for field in differing {
            position += 1
            if let value = new.record[field] {
                ValueColumn.bind(value, to: update, at: position)
            } else {
                update.bindNull(at: position)
            }
        }
        try update.run()
    }

    /// A delta with more sets of changed fields than this writes the rest of its rows whole.
    private static let statementLimit = 64

    private func hasColumns(for record: Record) -> Bool {
        record.values.allSatisfy { value in layout.columns.contains { $0.field == value.field && $0.type == value.value.type } }
    }

    private func hasColumn(_ field: FieldID) -> Bool { layout.columns.contains { $0.field == field } }

    func delete(_ id: RecordID) throws {
        let delete = try statement(.delete)
        delete.bind(id.rawValue, at: 1)
        try delete.run()
    }

    @discardableResult
    private func write(_ stored: StoredRecord, by use: Use) throws -> Int {
        let insert = try statement(use)
        bindHead(of: stored, to: insert)
        bindValues(of: stored.record, to: insert)
        return try insert.run()
    }

    private func bindHead(of stored: StoredRecord, to statement: BulkStatement) {
        statement.bind(stored.record.id.rawValue, at: 1)
        statement.bind(stored.stream.rawValue, at: 2)
        statement.bind(Int64(clamping: stored.record.sequence.rawValue), at: 3)
        if kind == .served { bind(stored.history ?? RecordHistory(born: stored.record.sequence), to: statement) }
    }

    private func bind(_ history: RecordHistory, to insert: BulkStatement) {
        insert.bind(Int64(clamping: history.born.rawValue), at: 4)
        if history.changedSinceBorn.entries.isEmpty {
            insert.bindNull(at: 5)
        } else {
            insert.bind(history.changedSinceBorn.bytes, at: 5)
        }
    }

    private func bindValues(of record: Record, to insert: BulkStatement) {
        var rest: [FieldValue] = []
        var values = record.values[...]
        var position = Int32(columns.count - layout.columns.count)
        for column in layout.columns {
            position += 1
            while let first = values.first, first.field < column.field { rest.append(values.removeFirst()) }
            if let first = values.first, first.field == column.field {
                values.removeFirst()
                if first.value.type == column.type {
                    ValueColumn.bind(first.value, to: insert, at: position)
                    continue
                }
                rest.append(first)
            }
            insert.bindNull(at: position)
        }
        bindRest(rest + values, of: record, to: insert, at: Int32(columns.count - layout.columns.count))
    }

    private func bindRest(_ rest: [FieldValue], of record: Record, to insert: BulkStatement, at position: Int32) {
        guard !rest.isEmpty,
            let remainder = Record(collection: record.collection, id: record.id, sequence: record.sequence, values: rest)
        else { return insert.bindNull(at: position) }
        insert.bind(CanonicalRecord.encode(remainder), at: position)
    }

    // MARK: Statements

    private func statement(_ use: Use) throws -> BulkStatement {
        if let statement = statements[use] { return statement }
        let statement = try BulkStatement(database, sql: sql(use), counter: counter)
        statements[use] = statement
        return statement
    }

    private func sql(_ use: Use) -> String {
        let list = columns.joined(separator: ", ")
        let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        return switch use {
        case .read: "SELECT \(list) FROM \(name) WHERE id = ?"
        case .scan: "SELECT \(list) FROM \(name) ORDER BY id"
        case .find(let field): "SELECT id FROM \(name) WHERE \(TableName.column(field)) = ? ORDER BY id"
        case .insert: "INSERT INTO \(name) (\(list)) VALUES (\(places)) ON CONFLICT (id) DO NOTHING"
        case .replace: "INSERT OR REPLACE INTO \(name) (\(list)) VALUES (\(places))"
        case .update(let fields): updateSQL(fields)
        case .delete: "DELETE FROM \(name) WHERE id = ?"
        }
    }

    /// The id is the first parameter, as where a row is written whole.
    private func updateSQL(_ fields: [FieldID]) -> String {
        let head = columns.dropFirst().prefix(columns.count - layout.columns.count - 1)
        let assignments = (head + fields.map(TableName.column)).enumerated().map { "\($1) = ?\($0 + 2)" }
        return "UPDATE \(name) SET \(assignments.joined(separator: ", ")) WHERE id = ?1"
    }
}
