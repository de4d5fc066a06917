import AlmanacClient
import AlmanacModel

/// What a sync would move, for people and for programs.
struct ForecastReport {
    private let context: Context
    private let console: Console

    init(_ context: Context, _ console: Console) {
        self.context = context
        self.console = console
    }

    func tell(_ forecast: StreamForecast) throws {
        guard !console.isJSON else { return try message(forecast) }
        if let misfit = forecast.misfit { console.warn("a full copy would be fetched, because \(misfit)") }
        let from = forecast.from?.sequence.description ?? "r0"
        let streams = Words.count(forecast.moving.count, "stream")
        try console.line(
            "\(context.name)  \(from) \(console.glyphs.arrow) \(forecast.head)   "
                + "\(Words.count(forecast.entryCount, "entry", "entries")) in \(streams), about \(forecast.estimate)")
        let width = forecast.moving.map(\.name.rawValue.count).max() ?? 0
        for stream in forecast.moving {
            let padding = String(repeating: " ", count: width - stream.name.rawValue.count)
            try console.line(
                "  \(stream.name)\(padding)  \(Words.count(stream.entries, "entry", "entries"))  about \(stream.estimate)"
                    + (forecast.from != nil && stream.held == nil ? "  new here" : ""))
        }
        if !forecast.leaving.isEmpty { try console.line("  would be removed: \(SyncReport.list(forecast.leaving))") }
        try console.line("Nothing was moved. Bytes are an estimate.")
    }

    private func message(_ forecast: StreamForecast) throws {
        for stream in forecast.moving {
            try console.message(
                "stream",
                [
                    JSONMember("name", .string(stream.name)), JSONMember("entries", .count(stream.entries)),
                    JSONMember("estimated_bytes", .count(stream.estimate.rawValue)),
                    JSONMember("joins", .boolean(stream.held == nil)),
                ])
        }
        try console.message(
            "summary",
            [
                JSONMember("context", .string(context.name)), JSONMember("dry_run", true),
                JSONMember("from", forecast.from.map { .count($0.sequence.rawValue) } ?? .null),
                JSONMember("to", .count(forecast.head.rawValue)), JSONMember("entries", .count(forecast.entryCount)),
                JSONMember("estimated_bytes", .count(forecast.estimate.rawValue)),
                JSONMember("leaving_streams", .array(forecast.leaving.map { .string($0) })),
                JSONMember("full_copy_because", .string(forecast.misfit)),
            ])
    }
}
