import AlmanacPackage
import AlmanacServer
import ArgumentParser

/// `almanacd status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the running server is doing, or that none runs (exit status 3).",
        discussion: "It asks the server by a socket in the data directory; nothing goes over the network.")

    /// As systemctl has it for a service that is not running.
    private static let notRunning = ExitCode(3)

    @OptionGroup var options: ServerOptions

    @Flag(help: "One line of JSON; \"running\" says whether a server runs.")
    var json = false

    func run() async throws {
        try await reporting {
            let directory = try await options.settings().directory
            switch try StatusRequest.ask(directory) {
            case .running(let status): print(try json ? JSONLine.text(Report(running: true, status: status)) : table(status))
            case .notRunning:
                print(try json ? JSONLine.text(Report(running: false)) : "no server is running on \(shown(directory.path))")
                throw Self.notRunning
            }
        }
    }

    private struct Report: Encodable {
        let running: Bool
        var status: ServerStatus?

        private enum CodingKeys: CodingKey { case messageType, running }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("status", forKey: .messageType)
            try container.encode(running, forKey: .running)
            try status?.encode(to: encoder)
        }
    }

    private func table(_ status: ServerStatus) -> String {
        """
        serving      \(shown(status.address)), \(shown(status.version)), process \(status.pid), for \(Span.text(seconds: status.uptime))
        dataset      \(shown(status.dataset))
        head         r\(status.head)\(status.headAge.map { ", committed \(Span.text(seconds: $0)) ago" } ?? "")
        connections  \(status.connections), \(status.handshakes) of them in handshakes
        followers    \(followers(status))
        pulls        \(status.pullsCompleted) completed, \(status.pullsRefused) refused
        turned away  \(status.refused) by limits, \(status.handshakesFailed) failed handshakes
        traffic      \(status.receivedBytes) bytes in, \(status.sentBytes) bytes out
        process      \(status.residentBytes.map { "\($0 / 1_048_576) MiB" } ?? "unknown"), \(status.openFiles.map { "\($0)" } ?? "unknown") open files
        """
    }

    private func followers(_ status: ServerStatus) -> String {
        let total = status.followers.values.reduce(0) { $0.addingReportingOverflow($1).partialValue }
        let behind = status.followers.filter { $0.key != "0" && $0.value > 0 }.sorted { $0.key < $1.key }
        guard !behind.isEmpty else { return "\(total), all at the head" }
        return "\(total); " + behind.map { "\($0.value) lack \(shown($0.key)) commits" }.joined(separator: ", ")
    }

    /// Nothing that was written elsewhere moves a terminal's cursor.
    private func shown(_ text: String) -> String { VisibleText.shortened(text, limit: 200) }
}
