import AlmanacReplica
import AlmanacServer
import ArgumentParser

/// `almanacd check`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read everything again: digests, order, chain, and SQLite's own structures.")

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await reporting {
            let directory = try await options.settings().directory
            let store = try directory.openStore()
            defer { try? store.close() }
            _ = try AuthorityKeys.load(directory)
            let findings = try store.check().findings
            for finding in findings { print("\(finding)") }
            guard findings.isEmpty else {
                let count = findings.count == 1 ? "1 finding" : "\(findings.count) findings"
                printError("error: \(count); restore a backup, or ask before you change anything")
                throw ExitCode.failure
            }
            print("\(try store.head().sequence): everything is as it was committed")
        }
    }
}
