import AlmanacModel
import AlmanacWire
import GRDB

extension ReplicaDatabase {
    /// Reads every row, and SQLite's own structures; notes the date of a scrub that found nothing wrong, where the file can be written.
    ///
    /// The salts and paths are those of the last sync: what is there now must lead to the root that the authority signed. That the
    /// stored checkpoint is the authority's is for the caller to check, who knows the pinned root. A stream of which nothing at all is
    /// left cannot be missed here.
    public func scrub(now: Instant) throws -> Scrub.Report {
        let report = try queue.read(Self.scrub)
        if report.isRight { try note(scrubbed: now) }
        return report
    }

    private func note(scrubbed: Instant) throws {
        do {
            try queue.write { _ = try $0.run("UPDATE almanac_replica SET scrubbed = ?", [.instant(scrubbed)]) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
            // What was found is true all the same.
        }
    }

    private static func scrub(_ database: Database) throws -> Scrub.Report {
        var findings = database.structuralDamage().map(Scrub.Finding.file)
        var count: Int64 = 0
        do {
            let tables = RecordTables(database, kind: .local)
            let streams = try StreamTable(database)
            let found = try FoundRecords(tables, streams)
            count = found.recordCount
            findings += found.damage.map(Scrub.Finding.file)
            findings += try wrongStreams(found, streams, ReplicaSchema.checkpoint(database).statement).map(Scrub.Finding.stream)
            findings += try wrongNotes(database, tables).map(Scrub.Finding.file)
        } catch let error as ReplicaError {
            findings.append(.file(error.description))
        } catch let error as DatabaseError {
            findings.append(.file(error.message ?? "SQLite cannot read it"))
        }
        return Scrub.Report(recordCount: count, findings: findings)
    }

    /// The streams whose rows or notes are not what leads to the signed root, and those with rows but without a proof.
    private static func wrongStreams(_ found: FoundRecords, _ streams: StreamTable, _ checkpoint: Checkpoint) throws
        -> [StreamName]
    {
        let stored = try streams.proofs()
        let proven = Set(stored.map(\.key))
        let unproven = found.streams.filter { !proven.contains($0.key) }.map(\.name)
        return try unproven + stored.filter { try !isSigned($0, found, streams, checkpoint) }.map(\.name)
    }

    private static func isSigned(
        _ stored: StreamTable.StoredProof, _ found: FoundRecords, _ streams: StreamTable, _ checkpoint: Checkpoint
    ) throws -> Bool {
        let (state, noted) = (found.state(stored.key, named: stored.name), try streams.stream(stored.key))
        guard try state.isProven(by: stored.proof), state.digest == noted.digest, state.count == noted.count,
            stored.lastChange == stored.proof.lastChange, stored.lastChange <= checkpoint.sequence
        else { return false }
        return try CheckpointTree.root(from: stored.leaf.hash, along: stored.proof.path) == checkpoint.root
    }

    /// What stands beside the records: the cursor, and the tables and views through which they are read.
    private static func wrongNotes(_ database: Database, _ tables: RecordTables) throws -> [String] {
        let checkpoint = try ReplicaSchema.checkpoint(database).statement
        let isNoted = try database.row("SELECT dataset, epoch, sequence FROM almanac_replica") { row in
            row.bytes(0) == checkpoint.dataset.bytes && UInt64(exactly: row.integer(1)) == checkpoint.epoch.rawValue
                && UInt64(exactly: row.integer(2)) == checkpoint.sequence.rawValue
        }
        let structure = try FileStructure.damage(tables) { try ReplicaSchema.create(in: $0, kind: .local) }
        return (isNoted == true ? [] : ["the cursor is not that of the checkpoint"]) + structure
    }
}
