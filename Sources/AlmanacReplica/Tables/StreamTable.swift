import AlmanacCrypto
import AlmanacModel
import AlmanacWire
import GRDB

/// The streams of a file, with the digest of each: read when first needed, changed in memory, saved before the transaction ends.
final class StreamTable {
    let hasher: LtHasher
    private let database: Database
    private let counter: RowCounter?
    private var byKey: [StreamKey: StreamState] = [:]
    private var byName: [StreamName: StreamState] = [:]

    init(_ database: Database, counter: RowCounter? = nil) throws {
        self.database = database
        self.counter = counter
        hasher = try LtHasher()
    }

    /// `proof` is what a checkpoint says of the stream, empty while it never had a record; the authority's own has no path, since
    /// that changes with every other stream. `horizon` is the lowest base after which the file can tell what changed.
    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE almanac_stream (
                    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, count INTEGER NOT NULL,
                    last_change INTEGER NOT NULL, proof BLOB NOT NULL, horizon INTEGER NOT NULL
                )
                """)
    }

    // MARK: Finding

    /// The stream of this name, or nil if nothing was ever in it.
    func stream(_ name: StreamName) throws -> StreamState? {
        if let state = byName[name] { return state }
        return try load("name = ?", .text(name.rawValue))
    }

    /// The stream of this name, which begins to exist if it did not.
    func streamCreating(_ name: StreamName) throws -> StreamState {
        if let state = try stream(name) { return state }
        let digest = LtHash()
        try database.run(
            "INSERT INTO almanac_stream (name, digest, count, last_change, proof, horizon) VALUES (?, ?, 0, 0, x'', 0)",
            [.text(name.rawValue), .blob(digest.bytes)], counter: counter)
        return remember(
            StreamState(key: StreamKey(rawValue: database.lastInsertedRowID), name: name, digest: digest, count: 0))
    }

    func stream(_ key: StreamKey) throws -> StreamState {
        if let state = byKey[key] { return state }
        guard let state = try load("id = ?", .integer(key.rawValue)) else {
            throw ReplicaError.damaged("a record is in stream number \(key.rawValue), which is not there")
        }
        return state
    }

    /// The streams that this access has changed, by name.
    var changed: [StreamState] { byKey.values.filter(\.isChanged).sorted { $0.name < $1.name } }

    /// The streams that ever had a record, by name.
    func names() throws -> [StreamName] { try Self.names(database, counter: counter) }

    static func names(_ database: Database, counter: RowCounter? = nil) throws -> [StreamName] {
        try database.rows("SELECT name FROM almanac_stream WHERE last_change > 0 ORDER BY name", counter: counter) {
            try name($0, 0)
        }
    }

    /// The last change of every stream that ever had a record, by name.
    static func lastChanges(_ database: Database) throws -> [(name: StreamName, sequence: Sequence)] {
        try database.rows("SELECT name, last_change FROM almanac_stream WHERE last_change > 0 ORDER BY name") { row in
            let name = try name(row, 0)
            return (name, try row.sequence(1, of: "the last change of stream \(name)"))
        }
    }

    /// The lowest base after which this file can tell what changed in the stream.
    func horizon(_ name: StreamName) throws -> Sequence {
        let sql = "SELECT horizon FROM almanac_stream WHERE name = ?"
        return try database.row(sql, [.text(name.rawValue)], counter: counter) {
            try $0.sequence(0, of: "the horizon of stream \(name)")
        } ?? .zero
    }

    /// From here on this file can tell what changed in the stream.
    func save(horizon: Sequence, of name: StreamName) throws {
        try database.run(
            "UPDATE almanac_stream SET horizon = ? WHERE name = ?", [.sequence(horizon), .text(name.rawValue)], counter: counter)
    }

    /// Forgets a stream whose records are gone.
    func remove(_ name: StreamName) throws {
        if let state = byName.removeValue(forKey: name) { byKey[state.key] = nil }
        try database.run("DELETE FROM almanac_stream WHERE name = ?", [.text(name.rawValue)], counter: counter)
    }

    private func load(_ condition: String, _ argument: Argument) throws -> StreamState? {
        let sql = "SELECT id, name, digest, count FROM almanac_stream WHERE \(condition)"
        return try database.row(sql, [argument], counter: counter) { row in
            let name = try Self.name(row, 1)
            guard let digest = LtHash(bytes: try row.blob(2, of: "the digest of stream \(name)")) else {
                throw ReplicaError.damaged("the digest of stream \(name)")
            }
            let count = try row.integer(3, of: "the count of stream \(name)")
            return remember(StreamState(key: StreamKey(rawValue: row.integer(0)), name: name, digest: digest, count: count))
        }
    }

    private static func name(_ row: BulkStatement, _ column: Int32) throws -> StreamName {
        guard let name = StreamName(try row.text(column, of: "the name of a stream")) else {
            throw ReplicaError.damaged("the name of a stream")
        }
        return name
    }

    private func remember(_ state: StreamState) -> StreamState {
        byKey[state.key] = state
        byName[state.name] = state
        return state
    }

    // MARK: Proofs

    /// Writes a stream's digest and count, and what a checkpoint says of them.
    func save(_ state: StreamState, proof: StreamProof) throws {
        var writer = WireWriter()
        proof.write(to: &writer)
        try database.run(
            "UPDATE almanac_stream SET digest = ?, count = ?, last_change = ?, proof = ? WHERE id = ?",
            [
                .blob(state.digest.bytes), .integer(state.count), .sequence(proof.lastChange), .blob(writer.bytes),
                .integer(state.key.rawValue),
            ], counter: counter)
        state.markSaved()
    }

    /// What is stored of a stream's place in a checkpoint.
    struct StoredProof {
        let key: StreamKey
        let name: StreamName
        let lastChange: Sequence
        let proof: StreamProof

        var leaf: CheckpointTree.Leaf {
            get throws { CheckpointTree.Leaf(name: name, hash: try CheckpointTree.leaf(name, proof)) }
        }
    }

    /// Of every stream that ever had a record, by name.
    func proofs() throws -> [StoredProof] {
        let sql = "SELECT id, name, last_change, proof FROM almanac_stream WHERE last_change > 0 ORDER BY name"
        return try database.rows(sql, counter: counter) { row in
            let name = try Self.name(row, 1)
            var reader = WireReader(try row.blob(3, of: "the proof of stream \(name)"))
            guard let proof = try? StreamProof(from: &reader), reader.remaining == 0 else {
                throw ReplicaError.damaged("the proof of stream \(name)")
            }
            return StoredProof(
                key: StreamKey(rawValue: row.integer(0)), name: name,
                lastChange: try row.sequence(2, of: "the last change of stream \(name)"),
                proof: proof)
        }
    }

    /// The tree of an authority's checkpoint; nil while there is no stream.
    func tree() throws -> CheckpointTree? { try CheckpointTree(proofs().map { try $0.leaf }) }
}
