import AlmanacModel
import Foundation
import GRDB

/// What a replica holds at one head: everything that is read through it is of the same commit, whatever a sync does meanwhile.
///
/// Lives as long as the body that gets it.
public final class ReplicaSnapshot {
    public let state: ReplicaState
    public let schema: Schema
    let tables: RecordTables
    private var streamNames: [StreamKey: StreamName] = [:]

    private init(_ database: Database) throws {
        tables = RecordTables(database, kind: .local)
        state = try ReplicaSchema.state(database)
        schema = try SchemaReader.schema(tables)
    }

    /// Opens the file for reading alone and reads it in one transaction. Throws ``ReplicaError`` for a missing, foreign, newer or
    /// damaged file.
    public static func read<Result>(path: String, _ body: (ReplicaSnapshot) throws -> Result) throws -> Result {
        guard FileManager.default.fileExists(atPath: path) else { throw ReplicaError.missing(path: path) }
        return try FileFormat.opening(path) {
            let queue = try open(path)
            defer { try? queue.close() }
            return try queue.read { try body(ReplicaSnapshot($0)) }
        }
    }

    /// In a directory that cannot be written as well, see ``RawConnection``.
    private static func open(_ path: String) throws -> DatabaseQueue {
        do {
            return try open(path, named: path)
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) && RawConnection.isEmpty(path + "-wal")
        {
            return try open(path, named: RawConnection.uri(path, "mode=ro&immutable=1"))
        }
    }

    private static func open(_ path: String, named name: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        // Closing a file that a full copy has replaced must not take the new one's log away.
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase(FileFormat.prepare)
        let queue = try DatabaseQueue(path: name, configuration: configuration)
        try queue.read { try FileFormat.replica.check($0, path: path) }
        return queue
    }

    /// What the data package says of itself; nil where there was none.
    public func package() throws -> AlmanacModel.Record? {
        try RecordID(1).flatMap { try tables.table(SystemSchema.package).record($0) }?.record
    }

    /// Every record, by id, as the values of these fields of the collection, in this order.
    public func forEachRow(of collection: Collection, _ fields: [Field], _ body: ([SnapshotValue]) throws -> Void) throws {
        guard try tables.isExplained(collection.id) else { return }
        let query = try SnapshotRows(of: collection, fields, schema: schema, exists: tables.isExplained)
        let select = try BulkStatement(tables.database, sql: query.sql)
        defer { select.reset() }
        while try select.step() { try body(query.read(select)) }
    }

    /// Those of these text fields that hold an empty text in some record.
    public func fieldsWithEmptyTexts(_ fields: [Field], of collection: Collection) throws -> Set<FieldID> {
        guard !fields.isEmpty, try tables.isExplained(collection.id) else { return [] }
        let maxima = fields.map { "max(\(TableName.column($0.id)) = '')" }.joined(separator: ", ")
        let found = try tables.database.row("SELECT \(maxima) FROM \(TableName.records(collection.id))") { row in
            fields.indices.filter { row.integer(Int32($0)) == 1 }
        }
        return Set((found ?? []).map { fields[$0].id })
    }

    /// The name of a stream of the file.
    func streamName(_ key: StreamKey) throws -> StreamName {
        if let known = streamNames[key] { return known }
        let sql = "SELECT name FROM main.almanac_stream WHERE id = ?"
        let name = try tables.database.row(sql, [.integer(key.rawValue)]) {
            StreamName(try $0.text(0, of: "the name of a stream"))
        }
        guard let name = name ?? nil else {
            throw ReplicaError.damaged("a record is in stream number \(key.rawValue), which is not there")
        }
        streamNames[key] = name
        return name
    }

    /// Whether a record has this text in a text field.
    public func holds(_ text: String, in field: FieldID, of collection: Collection) throws -> Bool {
        guard try tables.isExplained(collection.id) else { return false }
        let sql = "SELECT 1 FROM \(TableName.records(collection.id)) WHERE \(TableName.column(field)) = ? LIMIT 1"
        return try tables.database.row(sql, [.text(text)]) { _ in } != nil
    }
}
