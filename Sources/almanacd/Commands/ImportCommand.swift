import AlmanacPackage
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
            Everything is validated first; one bad row imports nothing. A server that is running serves the new commit at once.

            --mode merge: rows whose key is known change their record, others make one. A field whose column the file lacks keeps its \
            value; an empty cell clears its field.

            --mode replace: the file, or every file of the package, is the whole truth for its table. Records that it does not name are \
            deleted, and a field whose column the file lacks becomes empty. A record to which another one still refers is not deleted: \
            the import is refused. Tables that the package does not have stay as they are.

            An import that deletes more than a tenth of a table is refused, exit code 1, unless --confirm-deletions says how many \
            records it deletes in all tables together; on a terminal, the number is asked for instead. If the option is given, the \
            import deletes exactly that number or does nothing.

            --mapping NAME reads a table of a foreign shape by a mapping: a JSON document that says what its columns mean. A name is \
            looked for in --mappings, in $ALMANAC_DATA/mappings, or in ../share/almanac/mappings beside the program; a path that ends \
            in .json is that file. Rows change or make records, and what the mapping brings along is made where it is missing.
            """)

    @OptionGroup var options: ServerOptions

    @Argument(
        help: "The folder of a data package, its datapackage.json, or with --table or --mapping a CSV file.", completion: .file())
    var path: String

    @Option(help: ArgumentHelp("The table that a CSV file's rows go to.", valueName: "name"))
    var table: String?

    @Option(help: ArgumentHelp("The mapping by which a CSV file of a foreign shape is read.", valueName: "name-or-file"))
    var mapping: String?

    @Option(help: ArgumentHelp("Where mappings are looked for by name.", valueName: "folder"), completion: .directory)
    var mappings: String?

    @Option(help: ArgumentHelp("merge or replace: what becomes of records that the file does not name.", valueName: "mode"))
    var mode = ImportMode.merge

    @Option(help: ArgumentHelp("How many records this import deletes.", valueName: "count"))
    var confirmDeletions: Int?

    @Flag(
        help: """
            The CSV file is one of almanac export: texts that look like formulas have an apostrophe before them, which is taken away. \
            A package says so itself (almanac:neutralised).
            """)
    var neutralised = false

    @Option(name: .shortAndLong, help: ArgumentHelp("Why, for the commit.", valueName: "text"))
    var message: String?

    @Option(help: ArgumentHelp("Who, for the commit (default: the user's name).", valueName: "name"))
    var author: String?

    @Option(help: ArgumentHelp("How many problems are listed.", valueName: "count"))
    var problems = 20

    func validate() throws {
        guard problems >= 1 else { throw ValidationError("--problems has to be at least 1") }
        guard confirmDeletions ?? 0 >= 0 else { throw ValidationError("--confirm-deletions cannot be negative") }
        guard confirmDeletions == nil || mode == .replace else {
            throw ValidationError("only --mode replace deletes: drop --confirm-deletions, or add the mode")
        }
        guard mapping == nil || (table == nil && mode == .merge) else {
            throw ValidationError("a mapping names its table, and its rows are a part of it: drop --table and --mode replace")
        }
        guard mappings == nil || mapping != nil else { throw ValidationError("--mappings is where --mapping is looked for") }
        guard !neutralised || table != nil else {
            throw ValidationError("--neutralised belongs to --table; a package says so itself, by almanac:neutralised")
        }
    }

    func run() async throws {
        try await reporting {
            let directory = try await options.settings().directory
            let store = try directory.openStore()
            defer { try? store.close() }
            var circumstances = Importer.Circumstances(
                author: author ?? NSUserName(), message: message ?? "import \(URL(fileURLWithPath: path).lastPathComponent)",
                time: Clock.system.now(), problemLimit: problems)
            circumstances.mode = mode
            show(
                try DeletionQuestion.asking(confirmDeletions) { confirmed in
                    circumstances.confirmedDeletions = confirmed
                    return try imported(Importer(store: store), circumstances)
                })
        }
    }

    private func imported(_ importer: Importer, _ circumstances: Importer.Circumstances) throws -> ImportSummary {
        if let table {
            return try importer.importCSV(at: path, into: table, isNeutralised: neutralised, circumstances)
        }
        if let mapping {
            let file = try MappingFolder.find(mapping, in: mappings)
            return try importer.importTable(at: path, by: Mapping.read(at: file), circumstances)
        }
        return try importer.importPackage(at: path, circumstances)
    }

    private func show(_ summary: ImportSummary) {
        for table in summary.tables {
            let deleted = mode == .replace ? ", \(table.deleted) deleted" : ""
            print("\(table.name): \(table.created) new, \(table.changed) changed, \(table.unchanged) unchanged\(deleted)")
        }
        print(summary.commit.map { "Committed as \($0.sequence)" } ?? "Nothing is new: no commit was made")
    }
}

extension ImportMode: ExpressibleByArgument {}
