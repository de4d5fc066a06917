import AlmanacCrypto
import AlmanacModel
import GRDB

/// What the rows of a file really are, stream by stream: found by reading every one of them.
struct FoundRecords {
    private(set) var recordCount: Int64 = 0
    /// What could not be read, for people.
    private(set) var damage: [String] = []
    private var byStream: [StreamKey: StreamState] = [:]

    /// The body sees every record that can be read.
    init(_ tables: RecordTables, _ streams: StreamTable, body: (StoredRecord) throws -> Void = { _ in }) throws {
        for collection in try tables.collections() {
            do {
                try tables.table(collection).forEach { stored in
                    let state = try byStream[stored.stream] ?? Self.empty(stored.stream, streams)
                    byStream[stored.stream] = state
                    try state.add(stored.record, using: streams.hasher)
                    recordCount += 1
                    try body(stored)
                }
            } catch let error as ReplicaError {
                damage.append(error.description)
            } catch let error as DatabaseError {
                damage.append("collection \(collection): \(error.message ?? "SQLite cannot read it")")
            }
        }
    }

    /// The state that the rows of a stream make; that of the empty set if it has none.
    func state(_ key: StreamKey, named name: StreamName) -> StreamState {
        byStream[key] ?? StreamState(key: key, name: name, digest: LtHash(), count: 0)
    }

    /// The streams in which there are records, by key.
    var streams: [StreamState] { byStream.values.sorted { $0.key < $1.key } }

    private static func empty(_ key: StreamKey, _ streams: StreamTable) throws -> StreamState {
        StreamState(key: key, name: try streams.stream(key).name, digest: LtHash(), count: 0)
    }
}

extension Database {
    /// What SQLite finds wrong in its own structures, for people.
    func structuralDamage() -> [String] {
        do {
            return try rows("PRAGMA integrity_check") { $0.text(0) ?? "?" }.filter { $0 != "ok" }
        } catch {
            return ["SQLite cannot check it: \(error)"]
        }
    }
}
