import Foundation
import Programs

/// What was measured, as a Markdown table.
struct ResultTable: CustomStringConvertible {
    private var rows: [[String]] = [
        [
            "step", "time", "processor time", "of the server", "received", "sent", "received inside TLS", "peak memory",
            "of the server",
        ],
        ["---"] + Array(repeating: "---:", count: 8),
    ]

    /// The other side of a sync.
    struct Server {
        let processorSeconds: Double
        /// Since it was started.
        let peakMemory: Int
    }

    /// What the client says of a sync.
    private struct Summary: Decodable {
        let received_bytes: Int
    }

    mutating func add(_ name: String, _ usage: Usage, wire: Relay.Counts? = nil, server: Server? = nil) {
        let lines = usage.output.split(separator: "\n")
        let summary = lines.compactMap { try? JSONDecoder().decode(Summary.self, from: Data($0.utf8)) }.last
        rows.append([
            name, Self.time(usage.seconds), Self.time(usage.processorSeconds),
            server.map { Self.time($0.processorSeconds) } ?? "",
            Self.text(wire?.received), Self.text(wire?.sent), Self.text(wire == nil ? nil : summary?.received_bytes),
            Self.mebibytes(usage.peakMemory), Self.mebibytes(server?.peakMemory),
        ])
    }

    private static func time(_ seconds: Double) -> String { String(format: "%.2f s", seconds) }

    private static func text(_ bytes: Int?) -> String { bytes.map { "\($0) B" } ?? "" }

    private static func mebibytes(_ bytes: Int?) -> String { bytes.map { "\($0 / 1_048_576) MiB" } ?? "" }

    var description: String { rows.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n") }
}
