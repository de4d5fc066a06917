import ArgumentParser

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "What was written here, and what the authority has said of it.",
        discussion: """
            What waits is sent by the next sync, in the order in which it was written. What the authority refuses is set aside with its \
            reason, and holds nothing up. An id may be shortened to its beginning (a7f3).
            """,
        subcommands: [
            OutboxListCommand.self, OutboxShowCommand.self, OutboxRetryCommand.self, OutboxDropCommand.self,
            OutboxExportCommand.self,
        ],
        defaultSubcommand: OutboxListCommand.self)
}
