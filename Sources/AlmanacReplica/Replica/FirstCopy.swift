import AlmanacModel
import AlmanacWire
import Foundation
import GRDB

/// Builds a whole replica beside its place and switches it in: the first copy, and the full copy where a delta does not fit.
///
/// The new file has no journal: a crash leaves a file that nobody opens, and the next try builds it again.
public struct FirstCopy {
    private let path: String

    public init(path: String) { self.path = path }

    /// Builds, verifies, syncs and renames. On any error the replica that was there, if any, is untouched. Returns how many changes
    /// there were.
    public func build(
        _ windows: some Swift.Sequence<Result<Window, any Error>>, until completion: VerifiedCompletion, now: Instant
    ) throws -> Int {
        try NewDatabaseFile(path: path).build(
            { try Self.fill($0, windows, until: completion, now: now) }, replacing: emptyLogOfOldFile)
    }

    private static func fill(
        _ path: String, _ windows: some Swift.Sequence<Result<Window, any Error>>, until completion: VerifiedCompletion,
        now: Instant
    ) throws -> Int {
        let queue = try DatabaseQueue(path: path)
        let count = try queue.writeWithoutTransaction { database in
            try database.execute(
                sql:
                    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA trusted_schema = OFF"
            )
            var count = 0
            try database.inTransaction(.immediate) {
                try ReplicaSchema.create(in: database, kind: .local)
                count = try DeltaTransaction(RecordTables(database, kind: .local), held: nil).apply(
                    windows, until: completion, now: now)
                return .commit
            }
            // Readers of the finished file never wait for a sync.
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint(TRUNCATE)")
            return count
        }
        try queue.close()
        return count
    }

    /// Brings what stands in the old file's log into the old file, so that a crash before the switch leaves it whole. A reader may
    /// hold the log back: the old file is then at an earlier state of its own. One that cannot be opened is about to be replaced.
    private func emptyLogOfOldFile() throws {
        guard FileManager.default.fileExists(atPath: path), let old = try? DatabaseQueue(path: path) else { return }
        try? old.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try? old.close()
    }
}
