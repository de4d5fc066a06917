import AlmanacClient
import AlmanacReplica
import ArgumentParser

/// A command with a console, whose errors become sentences and exit statuses.
protocol AlmanacCommand: AsyncParsableCommand {
    var options: GlobalOptions { get }
    /// What to say where only the network or the server is missing.
    var retry: String { get }
    func execute(_ console: Console) async throws
}

extension AlmanacCommand {
    var retry: String { "almanac sync" }

    func run() async throws {
        let console = Console(options)
        do {
            try await execute(console)
            try console.flush()
        } catch let error as ValidationError {
            throw error
        } catch let code as ExitCode {
            // The command has said everything itself.
            try console.flush()
            throw code
        } catch {
            throw ExitCode(console.fail(error, retry: retry, unsent: unsent).rawValue)
        }
    }

    /// What is written here and not known to have reached the authority.
    private var unsent: Int { (try? options.chosen().context.outboxCounts().unsettled) ?? 0 }
}
