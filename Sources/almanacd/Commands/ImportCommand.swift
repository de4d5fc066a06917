import AlmanacReplica
import AlmanacServer
import ArgumentParser
import Foundation

/// `almanacd import`
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring a data package or a CSV file into the dataset, as one commit.",
        discussion: """
            Rows whose key is known change their record, others make one. Everything is validated first; one bad row imports nothing. \
            A server that is running serves the new commit at once.
            """)

    @OptionGroup var options: ServerOptions

    @Argument(help: "The folder of a data package, its datapackage.json, or with --table a CSV file.", completion: .file())
    var path: String

    @Option(help: ArgumentHelp("The table that a CSV file's rows go to.", valueName: "name"))
    var table: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("Why, for the commit.", valueName: "text"))
    var message: String?

    @Option(help: ArgumentHelp("Who, for the commit (default: the user's name).", valueName: "name"))
    var author: String?

    @Option(help: ArgumentHelp("How many problems are listed.", valueName: "count"))
    var problems = 20

    func validate() throws {
        guard problems >= 1 else { throw ValidationError("--problems has to be at least 1") }
    }

    func run() async throws {
        try await reporting {
            let directory = try await options.settings().directory
            let store = try directory.openStore()
            defer { try? store.close() }
            let circumstances = Importer.Circumstances(
                author: author ?? NSUserName(), message: message ?? "import \(URL(fileURLWithPath: path).lastPathComponent)",
                time: Clock.system.now(), problemLimit: problems)
            let importer = Importer(store: store)
            let summary =
                if let table {
                    try importer.importCSV(at: path, into: table, circumstances)
                } else {
                    try importer.importPackage(at: path, circumstances)
                }
            show(summary)
        }
    }

    private func show(_ summary: ImportSummary) {
        for table in summary.tables {
            print("\(table.name): \(table.created) new, \(table.changed) changed, \(table.unchanged) unchanged")
        }
        print(summary.commit.map { "Committed as \($0.sequence)" } ?? "Nothing is new: no commit was made")
    }
}
