import AlmanacClient
import ArgumentParser

struct PathCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "path", abstract: "Print the path of the local copy, a SQLite file. Open it for reading only.")

    @OptionGroup var options: GlobalOptions

    func execute(_ console: Console) async throws {
        let path = try options.chosen().context.replicaPath()
        if console.isJSON {
            try console.message("path", [JSONMember("path", .string(path))])
        } else {
            try console.line(path)
        }
    }
}
