import AlmanacModel
import AlmanacWire
import Foundation
import GRDB

/// A replica: a SQLite file that holds authority state and nothing else.
///
/// For one task at a time. Other connections, of this process or another, read the state before a delta or the state after it.
public final class ReplicaDatabase {
    let queue: DatabaseQueue
    public let path: String

    private init(queue: DatabaseQueue, path: String) {
        self.queue = queue
        self.path = path
    }

    /// Opens a replica that is there. Throws ``ReplicaError`` for a missing, foreign, newer or damaged file.
    public static func open(path: String) throws -> ReplicaDatabase {
        guard FileManager.default.fileExists(atPath: path) else { throw ReplicaError.missing(path: path) }
        return try FileFormat.opening(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { try FileFormat.replica.check($0, path: path) }
            return ReplicaDatabase(queue: queue, path: path)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try FileFormat.prepare(database)
            // A delta that touches many pages would otherwise write and read the same ones again and again: SQLite's default is 2 MB.
            try database.execute(sql: "PRAGMA cache_size = -65536")
        }
        return configuration
    }

    public func close() throws { try queue.close() }

    // MARK: Reading

    public func state() throws -> ReplicaState { try queue.read(ReplicaSchema.state) }

    public func schema() throws -> Schema {
        try queue.read { try SchemaReader.schema(RecordTables($0, kind: .local)) }
    }

    // MARK: Applying

    /// Gives a file of the first programs what it lacks by now; does nothing otherwise.
    public func complete() throws {
        guard try !queue.read(ReplicaSchema.isComplete) else { return }
        try queue.write(ReplicaSchema.complete)
    }

    /// Applies a complete delta in one transaction and compares what results with what the authority signed; on any error the
    /// replica is what it was. Returns how many changes there were. The streams that are `leaving` are removed, their rows overwritten;
    /// the file keeps the pages and uses them again.
    ///
    /// Throws ``ReplicaError/deltaDoesNotFit(_:)`` and ``DigestMismatch`` where only a full copy helps.
    public func apply(
        _ windows: some Swift.Sequence<Result<Window, any Error>>, until completion: VerifiedCompletion,
        leaving: [StreamName] = [], now: Instant
    ) throws -> Int {
        try apply(windows, until: completion, leaving: leaving, now: now, counter: nil)
    }

    func apply(
        _ windows: some Swift.Sequence<Result<Window, any Error>>, until completion: VerifiedCompletion,
        leaving: [StreamName] = [], now: Instant, counter: RowCounter?
    ) throws -> Int {
        try queue.writeWithoutTransaction { database in
            var count = 0
            if !leaving.isEmpty { try database.execute(sql: "PRAGMA secure_delete = ON") }
            try database.inTransaction(.immediate) {
                try ReplicaSchema.complete(database)
                let held = try ReplicaSchema.checkpoint(database, counter: counter).statement
                let tables = RecordTables(database, kind: .local, counter: counter)
                count = try DeltaTransaction(tables, held: held).apply(
                    windows, until: completion, leaving: leaving, now: now)
                return .commit
            }
            // The log still has the rows. A reader may hold it back; then the next writer empties it.
            if !leaving.isEmpty { try? database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            return count
        }
    }
}
