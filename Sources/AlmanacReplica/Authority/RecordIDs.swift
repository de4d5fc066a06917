import AlmanacModel
import GRDB

/// Gives out the record ids of a commit: those of records that are gone are never used again.
final class RecordIDs {
    private let database: Database
    private let counter: RowCounter?
    private var collections: [CollectionID: Range] = [:]

    fileprivate struct Range {
        /// The lowest id that no earlier commit has used.
        let first: Int64
        /// The lowest id that this commit has not used.
        var next: Int64
    }

    init(_ tables: RecordTables) { (database, counter) = (tables.database, tables.counter) }

    func new(_ collection: CollectionID) throws -> RecordID {
        var range = try range(collection)
        guard range.next < .max, let id = RecordID(range.next) else {
            throw ReplicaError.refused("collection \(collection) has no record ids left")
        }
        range.next += 1
        collections[collection] = range
        return id
    }

    /// Notes the id of a record that is not there yet. Refuses one that an earlier commit may have used, except in the schema, whose
    /// records are never removed.
    func use(_ id: RecordID, of collection: CollectionID) throws {
        var range = try range(collection)
        guard id.rawValue >= range.first || collection.describesDataset else {
            throw ReplicaError.refused("record \(id) of collection \(collection) is gone, and its id is never used again")
        }
        guard id.rawValue < .max else {
            throw ReplicaError.refused("record \(id) of collection \(collection): there is no id above it")
        }
        range.next = max(range.next, id.rawValue + 1)
        collections[collection] = range
    }

    /// What has been given out, to come back to it.
    struct Mark {
        fileprivate let collections: [CollectionID: Range]
    }

    var mark: Mark { Mark(collections: collections) }

    /// Takes back what was given out since.
    func returnTo(_ mark: Mark) { collections = mark.collections }

    func save() throws {
        for (collection, range) in collections where range.next > range.first {
            try database.run(
                "INSERT INTO almanac_next_id (collection, next) VALUES (?, ?) ON CONFLICT (collection) DO UPDATE SET next = excluded.next",
                [.integer(Int64(collection.rawValue)), .integer(range.next)], counter: counter)
        }
    }

    private func range(_ collection: CollectionID) throws -> Range {
        if let range = collections[collection] { return range }
        let stored = try database.row(
            "SELECT next FROM almanac_next_id WHERE collection = ?", [.integer(Int64(collection.rawValue))], counter: counter
        ) {
            try $0.integer(0, of: "the next record id of collection \(collection)")
        }
        let first = stored ?? 1
        return Range(first: first, next: first)
    }
}
