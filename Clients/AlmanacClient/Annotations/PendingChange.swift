import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// How far something that was written here has come.
public enum PendingState: String, Hashable, Sendable {
    /// It is here and nowhere else.
    case waiting = "not sent"
    /// The authority has it, perhaps, and has not come back with it.
    case sent = "sent"
}

/// What the outbox says of one record.
public struct PendingChange: Hashable, Sendable {
    public let state: PendingState
    /// When the first operation about it was made.
    public let made: Instant

    /// For each record that something here is about and that the replica does not show yet.
    public static func all(_ entries: [OutboxEntry]) throws -> [RecordName: PendingChange] {
        var changes: [RecordName: PendingChange] = [:]
        for entry in entries {
            let operation = try entry.operation.decode()
            for (index, change) in operation.changes.enumerated() {
                let name = change.name(by: operation.id, index: index)
                let earlier = changes[name]
                let isWaiting = entry.state == .waiting || earlier?.state == .waiting
                changes[name] = PendingChange(
                    state: isWaiting ? .waiting : .sent, made: earlier?.made ?? operation.time)
            }
        }
        return changes
    }
}

extension Change {
    /// The record that it is about.
    func name(by operation: UniqueID, index: Int) -> RecordName {
        switch self {
        case .make(let collection, _, _): .made(collection, by: operation, index: index)
        case .edit(let name, _), .delete(let name, _), .move(let name, _, _), .see(let name, _): name
        }
    }
}
