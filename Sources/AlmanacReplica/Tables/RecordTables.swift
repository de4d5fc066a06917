import AlmanacModel
import GRDB

/// The tables of all collections in one access to a database. A table's layout is read when the table is first needed, so that a
/// small change does not pay for a large schema.
final class RecordTables {
    let database: Database
    let kind: StoreKind
    let counter: RowCounter?
    private var tables: [CollectionID: RecordTable] = [:]
    private var explained: Set<CollectionID> = []

    init(_ database: Database, kind: StoreKind, counter: RowCounter? = nil) {
        self.database = database
        self.kind = kind
        self.counter = counter
    }

    /// The table of a collection, with the columns that the stored schema gives it. Creates it for a collection that the schema
    /// does not explain: its records are kept all the same.
    func table(_ collection: CollectionID) throws -> RecordTable {
        if let table = tables[collection] { return table }
        let table = RecordTable(database, layout: try layout(collection), kind: kind, counter: counter)
        if try !exists(collection) { try create(table) }
        tables[collection] = table
        return table
    }

    /// After the schema has changed: tables are looked at again when they are next needed.
    func forgetLayouts() { (tables, explained) = ([:], []) }

    /// The collections that have a table, by id.
    func collections() throws -> [CollectionID] {
        let names = try database.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'almanac_c[0-9]*'") {
            try $0.text(0, of: "the name of a table")
        }
        return names.compactMap { UInt64($0.dropFirst(TableName.recordsPrefix.count)).flatMap(CollectionID.init) }.sorted()
    }

    func exists(_ collection: CollectionID) throws -> Bool {
        let name = Argument.text(TableName.records(collection))
        return try database.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [name], counter: counter) { _ in
        } != nil
    }

    /// Whether a collection has a table that can be read as the schema describes it. In a file of the first programs those of Almanac's
    /// own that came later are missing, or hold what was not explained then.
    func isExplained(_ collection: CollectionID) throws -> Bool {
        guard let system = Schema.system.collection(collection) else { return try exists(collection) }
        if explained.contains(collection) { return true }
        let columns = try database.rows(
            "SELECT name FROM pragma_table_info(?)", [.text(TableName.records(collection))], counter: counter
        ) { $0.text(0) }
        guard !columns.isEmpty, Set(columns).isSuperset(of: CollectionLayout(system).columnNames) else { return false }
        explained.insert(collection)
        return true
    }

    private func create(_ table: RecordTable) throws {
        do {
            try table.create()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
            throw ReplicaError.damaged("the table of collection \(table.layout.collection) is missing")
        }
    }

    private func layout(_ collection: CollectionID) throws -> CollectionLayout {
        if let system = Schema.system.collection(collection) { return CollectionLayout(system) }
        let fields = try table(SystemSchema.field)
        let ids = try fields.records(where: SystemSchema.FieldField.collection, is: .integer(Int64(collection.rawValue)))
        let columns = try ids.compactMap { id in try fields.record(id).flatMap { SchemaReader.column($0.record)?.column } }
        return CollectionLayout(collection: collection, columns: columns)
    }
}
