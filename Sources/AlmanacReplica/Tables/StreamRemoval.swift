import AlmanacModel
import GRDB

/// Takes whole streams out of a file: their records, their tombstones and what was noted of them.
struct StreamRemoval {
    let tables: RecordTables
    let streams: StreamTable

    /// Streams that are not there are left out.
    func remove(_ names: [StreamName]) throws {
        let keys = try names.compactMap { try streams.stream($0)?.key }
        guard !keys.isEmpty else { return }
        for collection in try tables.collections() { try delete(keys, from: TableName.records(collection), column: "_stream") }
        switch tables.kind {
        case .local: try delete(keys, from: TombstoneTable.name, column: "stream")
        case .served: try delete(keys, from: "almanac_entry", column: "stream")
        }
        for name in names { try streams.remove(name) }
    }

    private func delete(_ keys: [StreamKey], from table: String, column: String) throws {
        let places = keys.map { _ in "?" }.joined(separator: ", ")
        try tables.database.run(
            "DELETE FROM \(table) WHERE \(column) IN (\(places))", keys.map { .integer($0.rawValue) }, counter: tables.counter)
    }
}
