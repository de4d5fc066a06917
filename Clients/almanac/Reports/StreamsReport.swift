import AlmanacClient
import AlmanacModel
import AlmanacReplica

/// The streams of a context, for people and for programs.
struct StreamsReport {
    private let status: ReplicaStatus
    private let console: Console

    init(_ status: ReplicaStatus, _ console: Console) {
        self.status = status
        self.console = console
    }

    private struct Row {
        let name: StreamName
        let isSubscribed: Bool
        let held: ReplicaState.Stream?
        /// Nil where nobody was asked.
        let ahead: (entries: UInt64, estimate: ByteCount)?
    }

    /// Without a forecast, what is here; `missing` says why the rest could not be listed.
    func tell(_ forecast: StreamForecast?, missing: String? = nil) throws {
        let rows = rows(forecast)
        if console.isJSON {
            for row in rows { try console.message("stream", members(row)) }
            return try console.message(
                "summary",
                [
                    JSONMember("context", .string(status.chosen.context.name)),
                    JSONMember("subscription", .array(subscription.patterns.map { .string($0) })),
                    JSONMember("sequence", status.replica.map { .count($0.cursor.sequence.rawValue) } ?? .null),
                    JSONMember("age_seconds", status.age.map { .count($0.components.seconds) } ?? .null),
                    JSONMember("head", forecast.map { .count($0.head.rawValue) } ?? .null),
                    JSONMember("complete", .boolean(forecast != nil)), JSONMember("reason", .string(missing)),
                ])
        }
        try console.line(title(forecast))
        try table(rows)
        if let missing { console.warn("what is not here could not be listed. \(missing)") }
        if forecast != nil { try console.line("Bytes are estimated.") }
    }

    private var subscription: Subscription { status.chosen.context.settings.subscription }

    private func rows(_ forecast: StreamForecast?) -> [Row] {
        let asked = (forecast?.streams ?? []).map {
            Row(name: $0.name, isSubscribed: $0.isSubscribed, held: $0.held, ahead: ($0.entries, $0.estimate))
        }
        let names = Set(asked.map(\.name))
        let others = (status.replica?.streams ?? []).filter { !names.contains($0.name) }.map {
            Row(name: $0.name, isSubscribed: subscription.includes($0.name), held: $0, ahead: nil)
        }
        return (asked + others).sorted { $0.name < $1.name }
    }

    private func title(_ forecast: StreamForecast?) -> String {
        let here =
            status.replica.flatMap { replica in status.age.map { "\(replica.cursor.sequence), \(Words.age($0))" } }
            ?? "no local copy yet"
        let head = forecast.map { "; the authority is at \($0.head)" } ?? ""
        return "\(status.chosen.context.name)  subscribed to \(subscription)   \(here)\(head)"
    }

    private func table(_ rows: [Row]) throws {
        let cells = rows.map { row in
            [
                row.name.rawValue, row.isSubscribed ? "subscribed" : "-", row.held.map { Words.count($0.count, "record") } ?? "",
                row.held.map { "changed at \($0.lastChange)" } ?? "", ahead(row),
            ]
        }
        let widths = (0..<5).map { column in cells.map { $0[column].count }.max() ?? 0 }
        for row in cells {
            var line = " "
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                if widths[column] > 0 { line += " " + (column == 2 ? padding + cell : cell + padding) + " " }
            }
            while line.last == " " { line.removeLast() }
            try console.line(line)
        }
    }

    private func ahead(_ row: Row) -> String {
        if row.held != nil, !row.isSubscribed { return "the next sync removes it" }
        guard let ahead = row.ahead, ahead.entries > 0 || row.held == nil else { return "" }
        let entries = Words.count(ahead.entries, "entry", "entries")
        return row.held == nil ? "to add: \(entries), about \(ahead.estimate)" : "behind by \(entries), about \(ahead.estimate)"
    }

    private func members(_ row: Row) -> [JSONMember] {
        [
            JSONMember("name", .string(row.name)), JSONMember("subscribed", .boolean(row.isSubscribed)),
            JSONMember("here", .boolean(row.held != nil)),
            JSONMember("records", row.held.map { .count($0.count) } ?? .null),
            JSONMember("last_change", row.held.map { .count($0.lastChange.rawValue) } ?? .null),
            JSONMember("entries_to_fetch", row.ahead.map { .count($0.entries) } ?? .null),
            JSONMember("estimated_bytes", row.ahead.map { .count($0.estimate.rawValue) } ?? .null),
        ]
    }
}
