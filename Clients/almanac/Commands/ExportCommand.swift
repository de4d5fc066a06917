import AlmanacClient
import AlmanacModel
import ArgumentParser

struct ExportCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the local copy as CSV, JSON Lines or a data package, offline.",
        discussion: """
            All rows are of one head, by record id; references are the other records' keys. A data package is a folder with \
            datapackage.json and a CSV file for each collection: it says where it comes from, and imports as the same records.

            In CSV, a text that a spreadsheet would run as a formula gets an apostrophe before it, which an import of the package \
            takes away; --raw leaves it out. What goes to a file has every other character as it is; on standard output control \
            characters are escapes, unless --raw.

            Files appear when all of them are whole; nothing is written over without --force.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("Which collections; all unless named.", valueName: "collection"))
    var collections: [String] = []

    @Option(help: "csv, ndjson or datapackage.")
    var format: ExportFormat

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "A file, or a folder for several collections and for a data package; else standard output.", valueName: "path"))
    var output: String?

    @Flag(help: "Texts exactly as they are: control characters, and what a spreadsheet takes for formulas.")
    var raw = false

    @Flag(help: "Write over files that are there.")
    var force = false

    func validate() throws {
        if output?.isEmpty == true { throw ValidationError("--output needs a path.") }
        if force, output == nil { throw ValidationError("--force belongs to --output.") }
    }

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        let interruption = Interruption()
        let signals = InterruptSignal(interruption)
        defer { withExtendedLifetime(signals) {} }
        let exporter = Exporter(context, interruption: interruption)
        let request = ExportRequest(collections: collections, format: format, isRaw: raw)
        if let output {
            let summary = try exporter.export(request, to: output, isForced: force)
            try show(summary, output, console)
            warn(summary, console)
        } else {
            let summary = try exporter.export(request, isMessages: console.isJSON) { try console.write($0) }
            if console.isJSON { try console.message("summary", summary.members) }
            try console.flush()
            warn(summary, console)
        }
    }

    private func show(_ summary: ExportSummary, _ output: String, _ console: Console) throws {
        guard !console.isJSON else { return try console.message("summary", summary.members) }
        let streams = summary.streams.map(\.rawValue).joined(separator: ", ")
        try console.line(
            "\(console.glyphs.check) \(Words.count(summary.rowCount, "record")) of "
                + "\(Words.count(summary.tables.count, "collection")) at \(summary.cursor.sequence), in \(Visible.text(output))")
        try console.line("  streams: \(streams.isEmpty ? "none" : streams)")
    }

    private func warn(_ summary: ExportSummary, _ console: Console) {
        for table in summary.tables {
            for note in table.notes { console.warn(note.sentence(table.name)) }
        }
    }
}

extension ExportFormat: ExpressibleByArgument {}

extension ExportSummary {
    fileprivate var members: [JSONMember] {
        [
            JSONMember("epoch", .count(cursor.epoch.rawValue)), JSONMember("sequence", .count(cursor.sequence.rawValue)),
            JSONMember("records", .count(rowCount)), JSONMember("streams", .array(streams.map { .string($0) })),
            JSONMember("collections", .array(tables.map(\.object))),
        ]
    }
}

extension ExportSummary.Table {
    fileprivate var object: JSONValue {
        [
            "name": .string(name), "records": .count(rowCount), "path": .string(path),
            "notes": .array(notes.map { .string($0.sentence(name)) }),
        ]
    }
}
