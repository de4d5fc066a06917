import AlmanacClient
import AlmanacModel
import AlmanacReplica
import Testing

/// What a person writes without a network.
extension Laptop {
    /// Puts an operation into the outbox.
    @discardableResult
    func write(_ changes: [Change], id: UniqueID) throws -> OutboxEntry {
        let operation = try #require(Operation(id: id, time: SystemClock.now(), changes: changes))
        let outbox = try context.openOutbox()
        defer { try? outbox.close() }
        return try outbox.add(OutboxDraft(operation, summary: "test", tip: nil), now: SystemClock.now())
    }

    /// A note about a record.
    static func note(_ text: String, on collection: CollectionID, _ record: RecordID, team: String) throws -> Change {
        .make(
            AnnotationSchema.collection, in: .team(try #require(TeamName(team))),
            values: [
                ProposedField(AnnotationSchema.kind, .text("note")), ProposedField(AnnotationSchema.text, .text(Text(text))),
                ProposedField(AnnotationSchema.state, .text("open")),
                ProposedField(AnnotationSchema.targetCollection, .integer(Int64(collection.rawValue))),
                ProposedField(AnnotationSchema.targetRecord, .integer(record.rawValue)),
            ])
    }

    func entries() throws -> [OutboxEntry] {
        guard let outbox = try context.readOutbox() else { return [] }
        defer { try? outbox.close() }
        return try outbox.entries()
    }

    /// What SQL answers, with what waits on top.
    func ask(_ sql: String) throws -> [[RawQuery.Cell]] {
        var rows: [[RawQuery.Cell]] = []
        try context.openReplicaForReading().run(sql, timeout: .seconds(60), columns: { _ in }) { row in
            rows.append(row)
            return true
        }
        return rows
    }
}
