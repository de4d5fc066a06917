import AlmanacModel
import Foundation
import GRDB

/// How an outbox stands on disk.
enum OutboxFile {
    /// Numbers are never given twice, so that a reader who knows the last one knows what is new. Receipts stand on signed sheets,
    /// which are kept as they came.
    static func create(in database: Database) throws {
        try FileFormat.outbox.mark(database)
        try database.execute(
            sql: """
                CREATE TABLE entry (
                    number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, operation BLOB NOT NULL,
                    added INTEGER NOT NULL, summary TEXT NOT NULL, tip_epoch INTEGER, tip_sequence INTEGER, state INTEGER NOT NULL,
                    retry_of BLOB, epoch INTEGER, sequence INTEGER, sheet INTEGER, outcome BLOB, settled INTEGER,
                    \(scopeColumn)
                );
                CREATE INDEX entry_state ON entry (state, epoch, sequence);
                CREATE INDEX entry_retry ON entry (retry_of) WHERE retry_of IS NOT NULL;
                CREATE TABLE sheet (number INTEGER PRIMARY KEY AUTOINCREMENT, content BLOB NOT NULL UNIQUE);
                \(scopeIndex);
                """)
    }

    /// Makes the file beside its place and gives it its name when it is whole: of several processes one comes first, and the others
    /// use what it made.
    static func makeIfMissing(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let new = "\(path).\(UUID().uuidString).new"
        defer { for suffix in ["", "-wal", "-shm", "-journal"] { try? FileSync.remove(new + suffix) } }
        try FileSync.createPrivate(new)
        let queue = try DatabaseQueue(path: new, configuration: configuration(readonly: false))
        try queue.writeWithoutTransaction { database in
            // Nothing of it counts before it is synced as a whole.
            try database.execute(sql: "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL")
            try create(in: database)
        }
        try queue.close()
        try FileSync.sync(file: new)
        try FileSync.linkIfFree(new, as: path)
    }

    static func openForWriting(_ path: String) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path, configuration: configuration(readonly: false))
        try upgrade(queue, path)
        return try checked(queue, path)
    }

    /// In a directory that cannot be written as well, see ``RawConnection``.
    static func openForReading(_ path: String) throws -> DatabaseQueue {
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration(readonly: true))
            if try queue.read({ try FileFormat.outbox.version(of: $0, path: path) }) == 1 { try openForWriting(path).close() }
            return try checked(queue, path)
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) && RawConnection.isEmpty(path + "-wal")
        {
            let name = RawConnection.uri(path, "mode=ro&immutable=1")
            return try checked(DatabaseQueue(path: name, configuration: configuration(readonly: true)), path)
        }
    }

    private static func checked(_ queue: DatabaseQueue, _ path: String) throws -> DatabaseQueue {
        try queue.read { try FileFormat.outbox.check($0, path: path) }
        return queue
    }

    private static func configuration(readonly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readonly
        // A reader may stay at one state for several questions, see ``Outbox/hold()``.
        configuration.allowsUnsafeTransactions = readonly
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase(FileFormat.prepare)
        return configuration
    }
}
