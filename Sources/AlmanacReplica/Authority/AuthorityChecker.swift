import AlmanacModel
import AlmanacWire
import GRDB

/// Makes the report of an ``AuthorityCheck`` in one snapshot. Each part goes on where another has found damage.
struct AuthorityChecker {
    private let database: Database
    private let tables: RecordTables
    private let streams: StreamTable
    private var findings: [AuthorityCheck.Finding] = []
    private var recordCount: Int64 = 0
    private var commitCount: Int64 = 0

    init(_ database: Database) throws {
        self.database = database
        tables = RecordTables(database, kind: .served)
        streams = try StreamTable(database)
    }

    var report: AuthorityCheck.Report {
        AuthorityCheck.Report(recordCount: recordCount, commitCount: commitCount, findings: findings)
    }

    mutating func run() {
        findings += database.structuralDamage().map(AuthorityCheck.Finding.file)
        attempt { checker in try checker.checkStructure() }
        attempt { checker in try checker.checkRecords() }
        attempt { checker in try checker.checkTombstones() }
        attempt { checker in try checker.checkCommits() }
        attempt { checker in try checker.checkTree() }
    }

    private mutating func attempt(_ part: (inout AuthorityChecker) throws -> Void) {
        do {
            try part(&self)
        } catch let error as DatabaseError {
            findings.append(.file(error.message ?? "SQLite cannot read it"))
        } catch {
            findings.append(.file(String(describing: error)))
        }
    }

    private mutating func checkStructure() throws {
        findings += try FileStructure.damage(tables) { try AuthoritySchema.create(in: $0) }.map(AuthorityCheck.Finding.file)
    }

    // MARK: Records and order

    private mutating func checkRecords() throws {
        let head = try AuthoritySchema.head(database).sequence
        var found: [AuthorityCheck.Finding] = []
        let records = try FoundRecords(tables, streams) { stored in
            if let what = try problem(stored, head: head) { found.append(.order(try streams.stream(stored.stream).name, what)) }
        }
        recordCount = records.recordCount
        findings += records.damage.map(AuthorityCheck.Finding.file) + found
        let proofs = try streams.proofs()
        for stored in proofs { try checkStream(stored, records.state(stored.key, named: stored.name)) }
        let proven = Set(proofs.map(\.key))
        findings += records.streams.filter { !proven.contains($0.key) }.map { .stream($0.name) }
        let strays = try database.rows("SELECT DISTINCT stream FROM almanac_entry") { StreamKey(rawValue: $0.integer(0)) }
        if strays.contains(where: { !proven.contains($0) }) { findings.append(.file("the order of a stream that is not there")) }
    }

    private func problem(_ stored: StoredRecord, head: Sequence) throws -> String? {
        let record = stored.record
        let name = "record \(record.id) of collection \(record.collection)"
        guard try entry(of: stored) == false else { return "\(name) is not in its order" }
        guard record.sequence <= head, let history = stored.history, history.born <= record.sequence else {
            return "\(name) is of the future"
        }
        let last = history.changedSinceBorn.entries.map(\.sequence).max() ?? history.born
        guard last == record.sequence else { return "\(name) has a history that is not its own" }
        let next = try database.row(
            "SELECT next FROM almanac_next_id WHERE collection = ?", [.integer(Int64(record.collection.rawValue))]
        ) {
            $0.integer(0)
        }
        return record.id.rawValue < next ?? 1 ? nil : "\(name) has an id that is still to be given out"
    }

    /// Whether a tombstone stands at the record's place in the order; nil if nothing does.
    private func entry(of stored: StoredRecord) throws -> Bool? {
        try database.row(
            "SELECT gone FROM almanac_entry WHERE stream = ? AND seq = ? AND collection = ? AND record = ?",
            [
                .integer(stored.stream.rawValue), .sequence(stored.record.sequence),
                .integer(Int64(stored.record.collection.rawValue)),
                .integer(stored.record.id.rawValue),
            ]
        ) { $0.integer(0) != 0 }
    }

    /// Every record has its entry: that there are no more entries makes them one to one.
    private mutating func checkStream(_ stored: StreamTable.StoredProof, _ found: StreamState) throws {
        let noted = try streams.stream(stored.key)
        if try !found.isProven(by: stored.proof) || found.digest != noted.digest || found.count != noted.count {
            findings.append(.stream(stored.name))
        }
        let counts = try database.row(
            "SELECT count(*) FILTER (WHERE gone = 0), ifnull(max(seq), 0) FROM almanac_entry WHERE stream = ?",
            [.integer(stored.key.rawValue)]
        ) { ($0.integer(0), Sequence(UInt64(clamping: $0.integer(1)))) }
        guard let (live, last) = counts else { return }
        if live != found.count {
            findings.append(.order(stored.name, "it has \(live) records in its order, and \(found.count) records"))
        }
        if last != stored.lastChange || last != stored.proof.lastChange {
            findings.append(.order(stored.name, "its order ends at \(last), and its last change is \(stored.lastChange)"))
        }
    }

    /// At most one tombstone for a record in a stream, and none where the record is.
    private mutating func checkTombstones() throws {
        let repeated = try database.rows(
            "SELECT DISTINCT stream FROM almanac_entry WHERE gone <> 0 GROUP BY stream, collection, record HAVING count(*) > 1"
        ) { StreamKey(rawValue: $0.integer(0)) }
        for key in repeated { findings.append(.order(try streams.stream(key).name, "a record has two tombstones")) }
        for collection in try tables.collections() {
            let present = try database.rows(
                """
                SELECT DISTINCT e.stream FROM almanac_entry AS e JOIN \(TableName.records(collection)) AS c
                ON c.id = e.record AND c._stream = e.stream WHERE e.gone <> 0 AND e.collection = ?
                """, [.integer(Int64(collection.rawValue))]
            ) { StreamKey(rawValue: $0.integer(0)) }
            for key in present { findings.append(.order(try streams.stream(key).name, "a record that is there has a tombstone")) }
        }
    }

    // MARK: Commits and head

    private mutating func checkCommits() throws {
        let head = try AuthoritySchema.head(database)
        var (last, chain, root) = (Sequence.zero, try AuthoritySchema.chainStart(head.dataset, head.epoch), Hash32.zero)
        try AuthoritySchema.forEachCommit(database) { commit, storedRoot, storedChain in
            let isLinked =
                try commit.sequence > last && AuthoritySchema.link(commit, root: storedRoot, after: chain) == storedChain
            if !isLinked { findings.append(.chain(commit.sequence)) }
            (last, chain, root) = (commit.sequence, storedChain, storedRoot)
            commitCount += 1
        }
        if last != head.sequence { findings.append(.head("it is \(head.sequence), and the last commit is \(last)")) }
        if chain != head.chain || root != head.root { findings.append(.head("it is not what the last commit says")) }
    }

    private mutating func checkTree() throws {
        if try streams.tree()?.root != AuthoritySchema.head(database).root {
            findings.append(.head("the streams do not lead to the root that commits and checkpoints name"))
        }
    }
}
