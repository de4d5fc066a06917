import AlmanacModel
import AlmanacSync
import AlmanacTransport
import AlmanacWire

/// How following goes, over all connections: what is waited for how long, and what no waiting cures.
struct Following {
    /// Whether the next pull fetches everything.
    private(set) var isFull: Bool
    private var reconnects = ReconnectPause()
    private var fullCopies = 0
    private var hasAskedAgain = false

    /// However long a server asks to wait.
    private static let longestAfter = Duration.seconds(600)

    /// So many full copies in a row after which no delta fits are not an accident.
    private static let fullCopyLimit = 5

    init(isFull: Bool) { self.isFull = isFull }

    mutating func note(_ summary: SyncSummary) {
        isFull = false
        reconnects = ReconnectPause()
        hasAskedAgain = false
        if summary.misfit == nil { fullCopies = 0 } else { fullCopies += 1 }
    }

    /// Whether it is for the next connection to tell what this means: a device that is shut out while it follows gets no other hello.
    mutating func asksAgain(after error: any Error) -> Bool {
        guard case SessionFailure.refused(let refusal) = error, refusal.code == .notAllowed, !hasAskedAgain else { return false }
        hasAskedAgain = true
        return true
    }

    mutating func nextPause() -> Duration { reconnects.next() }

    /// How long to wait after this, and not less than the server has asked for; throws what waiting does not cure.
    mutating func pause(after error: any Error) throws -> Duration {
        if Misfit(error) != nil {
            guard fullCopies < Self.fullCopyLimit else { throw ClientError.fullCopyFailed(String(describing: error)) }
        } else {
            guard Self.mayPass(error) else { throw error }
        }
        guard case SessionFailure.refused(let refusal) = error, case .here(let wanted) = refusal.retry else { return nextPause() }
        return min(wanted, Self.longestAfter) + nextPause()
    }

    /// Networks change: what answers behind a hotel's door is not the server, and shows another certificate.
    private static func mayPass(_ error: any Error) -> Bool {
        if case ConnectError.tls(let error) = error { return mayPass(error) }
        return FailureReport(error).status == .offline
    }

    private static func mayPass(_ error: TLSError) -> Bool {
        switch error {
        case .rootDoesNotMatchPin, .authorityUnknown, .certificateInvalid, .noCommonProtocol, .noCommonVersion, .notTLS,
            .protocolViolation:
            true
        case .peerAlert: FailureReport(error).status == .offline
        case .truncated, .handshakeTimeout, .ioClosed, .tooMuchWrittenEarly: true
        }
    }
}
