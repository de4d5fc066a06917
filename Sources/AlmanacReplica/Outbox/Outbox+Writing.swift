import AlmanacModel
import AlmanacWire

/// What a person does with the outbox.
extension Outbox {
    /// Puts an operation at the end; it is durable when this returns. The same one again changes nothing. Throws ``OutboxError``, and
    /// then nothing was saved.
    @discardableResult
    public func add(_ draft: OutboxDraft, now: Instant) throws -> OutboxEntry {
        try write { try $0.add(draft, retryOf: nil, now: now) }
    }

    /// Several that belong together: all of them are saved, or none.
    @discardableResult
    public func add(_ drafts: [OutboxDraft], now: Instant) throws -> [OutboxEntry] {
        try write { table in try drafts.map { try table.add($0, retryOf: nil, now: now) } }
    }

    /// Tries a rejected operation again, as a new one at the end. Where it is about what another rejected one was to make, and that one
    /// was tried again before, it is about what the newer one makes.
    ///
    /// `changing` makes the changes that are sent this time; without it they are those that were rejected.
    @discardableResult
    public func retry(
        _ id: UniqueID, as new: UniqueID, now: Instant, changing: ([Change]) throws -> [Change] = { $0 }
    ) throws -> OutboxEntry {
        try write { table in
            let old = try table.needed(id)
            guard case .rejected = old.state else { throw OutboxError.notRejected(id) }
            if let other = old.retriedBy { throw OutboxError.retriedAlready(id, as: other) }
            let operation = try table.decoded(old)
            let changes = try changing(operation.changes.map { try $0.naming(table.newest) })
            guard let fresh = Operation(id: new, time: now, message: operation.message, changes: changes) else {
                throw OutboxError.notRejected(id)
            }
            return try table.add(OutboxDraft(fresh, summary: old.summary.string, tip: old.tip), retryOf: id, now: now)
        }
    }

    /// Removes an operation that was never sent, or that was rejected. Nothing of it remains.
    public func drop(_ id: UniqueID) throws {
        try write { table in
            let entry = try table.needed(id)
            switch entry.state {
            case .waiting:
                let others = try table.waiting(naming: id)
                guard others.isEmpty else { throw OutboxError.needed(id, by: others) }
            case .rejected: break
            case .sent: throw OutboxError.sentAlready(id)
            case .applied: throw OutboxError.applied(id)
            }
            try table.remove(id)
        }
    }
}
