import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacWire

/// Shows what an operation of the outbox does, as its author wants to see it.
struct PendingOperation {
    private let entry: OutboxEntry
    private let operation: Operation
    private let ground: WorkingGround

    /// Nil for one that a newer program has made.
    init?(_ entry: OutboxEntry, over ground: WorkingGround) {
        guard let operation = try? entry.operation.decode() else { return nil }
        self.entry = entry
        self.operation = operation
        self.ground = ground
    }

    func show(by author: OperationAuthor) throws {
        guard try !isShownByReplica() else { return }
        if case .applied(let settled) = entry.state { ground.given = settled.applied.made }
        defer { ground.given = [] }
        do {
            try show(Applying.effects(of: operation, by: author, over: ground))
        } catch is OperationRejection {
            try showPlainly()
        } catch ReplicaError.refused {
            try showPlainly()
        }
    }

    /// Whether it is refused the authority decides. Until then nobody's own words disappear.
    private func showPlainly() throws {
        if case .applied(let settled) = entry.state { ground.given = settled.applied.made }
        try PlainApplication(operation, over: ground).run()
    }

    // MARK: What the replica has already

    /// An operation is applied whole or not at all: where one record that it makes is there, all of it is. The receipt may still be on its
    /// way, or be one of a history of which the replica shows a part.
    private func isShownByReplica() throws -> Bool {
        switch entry.state {
        case .waiting, .applied, .rejected: return false
        case .sent(let earlier?):
            guard let index = operation.changes.firstIndex(where: { $0.isMaking }) else { return true }
            return try isThere(index, as: operation.madeRecord(index, of: earlier.applied.made))
        case .sent(nil):
            guard let index = operation.changes.firstIndex(where: { $0.isMaking }) else { return false }
            return try isThere(index, as: nil)
        }
    }

    private func isThere(_ index: Int, as id: RecordID?) throws -> Bool {
        guard case .make(let collection, _, let values) = operation.changes[index] else { return false }
        if let id { return try ground.snapshot.record(collection, id) != nil }
        if collection == AnnotationSchema.collection {
            return try ground.made(collection, by: operation.id, index: index) != nil
        }
        guard let key = ground.schema.collection(collection)?.key,
            case .value(let value)? = values.first(where: { $0.field == key })?.value
        else { return false }
        return try !ground.snapshot.records(collection, where: key, is: value).isEmpty
    }

    // MARK: What the rules say

    private func show(_ effects: OperationEffects) throws {
        for made in effects.made { ground.noteMade(made.index, by: operation.id, made.collection, made.record) }
        let kept = Set(effects.conflicts)
        var conflicts: [[FieldValue]] = []
        for write in effects.writes {
            switch write {
            case .put(ConflictSchema.collection, let id, let values, _) where kept.contains(id): conflicts.append(values)
            case .put(let collection, let id, let values, let stream): try ground.put(collection, id, values, in: stream)
            case .delete(let collection, let id): ground.remove(collection, id)
            }
        }
        // Until the receipt has come true in the replica, its author sees the own value.
        let plain = PlainApplication(operation, over: ground)
        for conflict in conflicts { try plain.insist(on: conflict) }
    }
}

extension Change {
    var isMaking: Bool { if case .make = self { true } else { false } }
}
