import AlmanacModel
import AlmanacReplica
import AlmanacWire

extension Context {
    /// The operations that made an annotation and changed it, the last one first, where none of them was ever sent and nothing else is about
    /// it: they can be dropped as if they had never been. Nil otherwise.
    public func unsentOperations(of annotation: Annotation) throws -> [UniqueID]? {
        guard case .made(_, let maker, _) = annotation.name, let outbox = try readOutbox() else { return nil }
        defer { try? outbox.close() }
        var found: [UniqueID] = []
        for entry in try outbox.entries() where entry.isUnsettled {
            let operation = try entry.operation.decode()
            let names = operation.changes.enumerated().map { $1.name(by: operation.id, index: $0) }
            let isAbout = names.contains(annotation.name)
            guard isAbout || operation.refers(to: maker) else { continue }
            guard isAbout, entry.state == .waiting, Set(names).count == 1 else { return nil }
            found.append(entry.id)
        }
        return found.contains(maker) ? found.reversed() : nil
    }

    /// Removes operations that were never sent, in this order.
    public func drop(_ operations: [UniqueID]) throws {
        let outbox = try openOutbox()
        defer { try? outbox.close() }
        for id in operations { try outbox.drop(id) }
    }
}

extension Operation {
    /// Whether a value that it proposes is a record which another operation makes.
    fileprivate func refers(to operation: UniqueID) -> Bool {
        changes.contains { change in
            guard case .make(_, _, let values) = change else { return false }
            return values.contains { if case .made(operation, _)? = $0.value { true } else { false } }
        }
    }
}
