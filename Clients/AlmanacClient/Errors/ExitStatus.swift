/// How a command ends, for the shell and for scripts. The raw value is the process's exit status.
public enum ExitStatus: Int32, Hashable, Sendable, CaseIterable {
    case done = 0
    case failed = 1
    /// What was left is listed last.
    case partlyDone = 3
    /// Not allowed, or not enrolled.
    case notAllowed = 4
    /// Nothing is lost; try again.
    case offline = 5
    /// Done, and conflicts are waiting.
    case conflicts = 6
    /// Not what the authority signed: digest, rollback, equivocation, another authority.
    case notSigned = 7
    /// Older than the limit asked for.
    case stale = 8
    case noReplica = 10
    /// Another process is syncing this replica.
    case busy = 11
    /// The two sides' versions do not fit.
    case versions = 13
    case usage = 64
    case interrupted = 130

    /// As JSON names it.
    public var name: String {
        switch self {
        case .done: "done"
        case .failed: "failed"
        case .partlyDone: "partly_done"
        case .notAllowed: "not_allowed"
        case .offline: "offline"
        case .conflicts: "conflicts"
        case .notSigned: "not_signed"
        case .stale: "stale"
        case .noReplica: "no_replica"
        case .busy: "busy"
        case .versions: "versions"
        case .usage: "usage"
        case .interrupted: "interrupted"
        }
    }
}
