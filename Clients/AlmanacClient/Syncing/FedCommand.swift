import AlmanacModel
import AlmanacReplica

/// Runs the user's command after steps that moved something, each time with everything that it has not taken over yet.
public final class FedCommand {
    private let command: StepCommand
    private let feed: CommandFeed
    private let context: Context
    private let interruption: Interruption
    private var hasBegun = false

    public init(_ text: String, of context: Context, _ interruption: Interruption) {
        command = StepCommand(text)
        feed = CommandFeed(text, of: context)
        self.context = context
        self.interruption = interruption
    }

    /// Nil where there was nothing to run it for.
    public func run(after summary: SyncSummary) async throws -> StepCommand.Ending? {
        let since = try beginning(summary)
        let lagsBehind = !hasBegun && since != summary.feedBefore
        hasBegun = true
        guard summary.hasMovedRecords || lagsBehind else {
            if since == summary.feedBefore, since != summary.feed { try feed.advance(to: summary.feed) }
            return nil
        }
        let ending = try await command.run(since: since, after: summary, of: context, interruption)
        if ending.isSuccess { try feed.advance(to: summary.feed) }
        return ending
    }

    /// A command that is new here begins with this step, also if it does not get through it.
    private func beginning(_ summary: SyncSummary) throws -> FeedPosition {
        if let position = try feed.position() { return position }
        try feed.advance(to: summary.feedBefore)
        return summary.feedBefore
    }
}
