import AlmanacModel
import AlmanacReplica

extension Context {
    /// Tries what was refused again, as a new operation. Throws ``WritingError`` where it is known here that it would be refused again.
    public func retry(_ entry: OutboxEntry, as new: UniqueID, now: Instant) throws -> SavedChange {
        let outbox = try openOutbox()
        defer { try? outbox.close() }
        let again = try authoring { authoring in
            try outbox.retry(entry.id, as: new, now: now) { changes in
                _ = try authoring.propose(changes, summary: entry.summary.string, id: new, now: now)
                return changes
            }
        }
        return SavedChange(entry: again, audience: nil, about: nil, shortID: try outbox.shortID(of: again.id))
    }
}
