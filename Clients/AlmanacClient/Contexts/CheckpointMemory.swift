import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// The highest checkpoint that this device has ever verified: what makes an older state of the authority recognisable.
struct CheckpointMemory {
    let path: String

    /// Nil before the first sync.
    func highest() throws -> Signed<Checkpoint>? {
        guard let bytes = try SystemFile.read(path) else { return nil }
        do {
            return try Signed<Checkpoint>.decode(bytes)
        } catch {
            throw ClientError.contextDamaged(path: path, "it holds no checkpoint")
        }
    }

    /// Remembers a verified checkpoint if it is above the highest. Durable when this returns.
    func remember(_ checkpoint: Signed<Checkpoint>) throws {
        if let highest = try highest()?.statement.cursor, !highest.isBefore(checkpoint.statement.cursor) { return }
        try FileSync.write(checkpoint.encoded, to: path)
    }
}

extension Cursor {
    /// Epochs come first: a new one begins a new history.
    func isBefore(_ other: Cursor) -> Bool {
        epoch < other.epoch || epoch == other.epoch && sequence < other.sequence
    }
}
