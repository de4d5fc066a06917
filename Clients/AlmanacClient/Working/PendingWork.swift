import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacWire

/// Carries out what waits in the outbox, as far as it is asked for: a person who writes one note does not wait until ten thousand others
/// are carried out.
final class PendingWork {
    private let snapshot: ReplicaSnapshot
    private let outbox: Outbox?
    private let settings: ContextSettings
    private var ground: WorkingGround
    /// Where nothing is left to do, because it was carried out or nothing waits there.
    private var done: OperationScope = []
    private var carriedOut: OperationScope = []

    init(_ snapshot: ReplicaSnapshot, _ outbox: Outbox?, _ settings: ContextSettings) {
        self.snapshot = snapshot
        self.outbox = outbox
        self.settings = settings
        ground = WorkingGround(snapshot, outbox)
        if outbox == nil { done = .everything }
    }

    /// With everything done that can change records of this collection, in the order in which it was written.
    func ground(for collection: CollectionID) throws -> WorkingGround {
        let wanted = OperationScope(of: collection)
        if !done.isSuperset(of: wanted) { try carryOut(wanted) }
        return ground
    }

    /// With everything done.
    func whole() throws -> WorkingGround {
        if done != .everything { try carryOut(.everything) }
        return ground
    }

    private func carryOut(_ wanted: OperationScope) throws {
        guard let outbox else { return }
        let cursor = snapshot.state.cursor
        // What nothing that waits names is as the replica has it.
        guard try outbox.hasPending(at: cursor, about: wanted) else { return done.formUnion(wanted) }
        let (scope, entries) = try closed(carriedOut.union(wanted), outbox, cursor)
        // What was carried out before may have to come later.
        if !carriedOut.isEmpty { ground = WorkingGround(snapshot, outbox) }
        let author = try PresumedAuthor(settings, entries, snapshot).author
        for entry in entries { try PendingOperation(entry, over: ground)?.show(by: author) }
        carriedOut = scope
        done.formUnion(scope)
    }

    /// With all on which it depends. Operations on the dataset and on teams read nothing else; an annotation or a conflict can be about
    /// any record.
    private func closed(
        _ wanted: OperationScope, _ outbox: Outbox, _ cursor: Cursor
    ) throws -> (OperationScope, [OutboxEntry]) {
        var scope = wanted
        while scope.isSubset(of: Self.closable) {
            let entries = try outbox.pending(at: cursor, about: scope)
            let named = entries.reduce(into: scope) { named, entry in
                let operation = try? entry.operation.decode()
                named.formUnion(operation.map { OperationScope(of: $0) } ?? [])
            }
            if named == scope { return (scope, entries) }
            scope = named
        }
        return (.everything, try outbox.pending(at: cursor))
    }

    private static let closable: OperationScope = [.dataset, .teams]
}
