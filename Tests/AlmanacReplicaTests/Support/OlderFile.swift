import AlmanacModel
import GRDB

@testable import AlmanacReplica

/// Makes of a file what a program would have made of it that knew none of the collections of people's work.
enum OlderFile {
    static let later = [TeamSchema.collection, AnnotationSchema.collection, ConflictSchema.collection]

    /// The tables and views of these collections are gone, with these others.
    static func make(_ path: String, without others: [String] = []) throws {
        try change(path) { database in
            try dropViews(database)
            for table in later.map(TableName.records) + others { try database.execute(sql: "DROP TABLE \(table)") }
        }
    }

    /// The records of these collections are there, unexplained.
    static func makeUnexplained(_ path: String, kind: StoreKind) throws {
        try change(path) { database in
            try dropViews(database)
            for collection in later {
                var records: [StoredRecord] = []
                try RecordTables(database, kind: kind).table(collection).forEach { records.append($0) }
                try database.execute(sql: "DROP TABLE \(TableName.records(collection))")
                let table = RecordTable(
                    database, layout: CollectionLayout(collection: collection, columns: []), kind: kind, counter: nil)
                try table.create()
                for record in records { _ = try table.insertIfAbsent(record) }
            }
        }
    }

    private static func dropViews(_ database: Database) throws {
        for collection in later.compactMap(Schema.system.collection) {
            try database.execute(sql: "DROP VIEW \(collection.name.rawValue)")
        }
    }

    private static func change(_ path: String, _ body: (Database) throws -> Void) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write(body)
        try queue.close()
    }
}
