import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// Everything of an outbox as JSON, one object a line: what people wrote, to read; what was signed and what the authority has signed, to
/// prove it. Nothing is left out.
public struct OutboxExport {
    private let outbox: Outbox
    /// Gives collections and fields their names; without a replica they have numbers.
    private let schema: Schema?

    public init(_ outbox: Outbox, schema: Schema?) {
        self.outbox = outbox
        self.schema = schema
    }

    /// Operations in order, then the sheets of receipts. Returns how many operations there were.
    @discardableResult
    public func write(to sink: TextSink) throws -> Int {
        let entries = try outbox.entries()
        for entry in entries { try sink(JSONValue.message("operation", members(entry)).text + "\n") }
        for sheet in try outbox.receipts() {
            let members = [
                JSONMember("epoch", .count(sheet.statement.epoch.rawValue)),
                JSONMember("operations", .array(sheet.statement.receipts.map { .string($0.operation) })),
                JSONMember("signed", .string(Hex.encode(sheet.encoded))),
            ]
            try sink(JSONValue.message("receipts", members).text + "\n")
        }
        return entries.count
    }

    private func members(_ entry: OutboxEntry) -> [JSONMember] {
        let operation = try? entry.operation.decode()
        return [
            JSONMember("id", .string(entry.id)), JSONMember("number", .integer(entry.number)),
            JSONMember("state", .string(entry.state.name)), JSONMember("added", .string(entry.added)),
            JSONMember("summary", .string(entry.summary.string)),
            JSONMember("written_at", entry.tip.map { .count($0.sequence.rawValue) } ?? .null),
            JSONMember("retry_of", .string(entry.retryOf)), JSONMember("retried_by", .string(entry.retriedBy)),
        ] + outcome(entry) + [
            JSONMember("message", operation?.message.map { .string($0.string) } ?? .null),
            JSONMember("changes", .array((operation?.changes ?? []).map { ExportedChange($0, schema).json })),
            JSONMember("operation", .string(Hex.encode(entry.operation.bytes))),
        ]
    }

    private func outcome(_ entry: OutboxEntry) -> [JSONMember] {
        if case .rejected(let rejection) = entry.state {
            return [
                JSONMember("reason", .string(rejection.reason.description)),
                JSONMember("sentence", .string(rejection.sentence.string)),
            ]
        }
        guard let settled = entry.settled else { return [] }
        return [
            JSONMember("epoch", .count(settled.epoch.rawValue)),
            JSONMember("sequence", .count(settled.applied.sequence.rawValue)),
            JSONMember("made", .array(settled.applied.made.map { .integer($0.rawValue) })),
            JSONMember("conflicts", .array(settled.applied.conflicts.map { .integer($0.rawValue) })),
        ]
    }
}

extension OutboxEntry.State {
    /// For programs.
    public var name: String {
        switch self {
        case .waiting: "waiting"
        case .sent: "sent"
        case .applied: "applied"
        case .rejected: "rejected"
        }
    }
}
