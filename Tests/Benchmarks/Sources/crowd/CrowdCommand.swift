import ArgumentParser

/// Measures a server with thousands of clients: light ones, which frame and count what comes and keep no replica.
@main
struct CrowdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crowd",
        abstract: "What thousands of connections cost the real almanacd, over TLS on the loopback interface.",
        subcommands: [
            IdleCommand.self, CommitCommand.self, RestartCommand.self, HandshakesCommand.self, DribbleCommand.self,
            PushCommand.self,
        ])
}
