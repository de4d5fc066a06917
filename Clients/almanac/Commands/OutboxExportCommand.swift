import AlmanacClient
import ArgumentParser

struct OutboxExportCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write everything that is kept as JSON Lines, to a file or standard output.",
        discussion: """
            Every text that was written here, and the operations and receipts as they were signed. Only its owner can read the file.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "A file that is not there yet; else standard output.")
    var file: String?

    @Flag(help: "Write over a file that is there.")
    var force = false

    func execute(_ console: Console) async throws {
        let context = try options.chosen().context
        guard let file else {
            _ = try context.exportOutbox(to: console.write)
            return
        }
        let count = try context.exportOutbox(toFile: file, overwriting: force)
        if console.isJSON {
            try console.message("summary", [JSONMember("changes", .count(count)), JSONMember("file", .string(file))])
        } else {
            try console.line("\(console.glyphs.check) \(Words.count(count, "change")) written to \(Visible.text(file))")
        }
    }
}
