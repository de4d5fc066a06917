import AlmanacModel
import AlmanacReplica
import AlmanacSync
import Glibc

/// The user's own command, run by the shell after a step whose digests were compared.
public struct StepCommand: Sendable {
    private let command: String

    /// How the command has ended.
    public enum Ending: Equatable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
        /// It could not be started.
        case notStarted(SystemFailure)

        public var isSuccess: Bool { self == .exited(0) }
    }

    public init(_ command: String) { self.command = command }

    /// Runs it to its end; it writes where this process does, and reads nothing. The user's wish to stop is passed on to it and to what
    /// it has started: as SIGTERM, and when it comes again as SIGKILL; then this throws ``SessionFailure/interrupted``.
    ///
    /// `since` is where the command stands: after which position of the feed it is told.
    public func run(
        since: FeedPosition, after summary: SyncSummary, of context: Context, _ interruption: Interruption
    ) async throws -> Ending {
        let variables = [
            "ALMANAC_CONTEXT": context.name.rawValue, "ALMANAC_FROM": String(since.sequence.rawValue),
            "ALMANAC_SINCE": since.description, "ALMANAC_TO": String(summary.to.sequence.rawValue),
            "ALMANAC_REPLICA": context.paths.replica,
        ]
        let child: pid_t
        do {
            child = try ChildProcess.start("/bin/sh", ["sh", "-c", command], adding: variables)
        } catch let failure as SystemFailure {
            return .notStarted(failure)
        }
        let wishes = WishCounter()
        let listening = interruption.listen { kill(-child, wishes.next() == 1 ? SIGTERM : SIGKILL) }
        defer { interruption.stopListening(listening) }
        let ending = try await BlockingWork.run { try ChildProcess.wait(for: child) }
        guard !interruption.isRequested else { throw SessionFailure.interrupted }
        return ending
    }
}
