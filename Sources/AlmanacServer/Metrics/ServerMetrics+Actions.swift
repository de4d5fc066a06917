import AlmanacModel
import AlmanacSync
import AlmanacWire
import NIOCore

extension ServerMetrics {
    /// What a connection's machine wants done.
    func count(_ action: ServerMachine.Action, of connection: ObjectIdentifier) {
        switch action {
        case .send(let message, let exchange): count(message, Followers.Key(connection: connection, exchange: exchange))
        case .sendWindow(let window, _):
            windows.add()
            windowBytesRaw.add(window.rawByteCount)
            windowBytesSent.add(window.payload.readableBytes)
        case .beginPull(let exchange, let request):
            pullsBegun.add()
            guard request.isFollowing else { return }
            followers.began(at: request.highestHead, Followers.Key(connection: connection, exchange: exchange))
        case .endPull(let exchange): followers.ended(Followers.Key(connection: connection, exchange: exchange))
        case .close(let reason): connectionsClosed.add(reason.label)
        case .readNext, .readAgain, .reportWritability, .enrol, .renew, .push, .delegationChain: break
        }
    }

    private func count(_ message: Message, _ key: Followers.Key) {
        switch message {
        case .complete: pullsCompleted.add()
        case .reached(let reached):
            stepsReached.add()
            let head = reached.end.checkpoint.statement.sequence
            if followers.advanced(to: head, key) { delivered(head) }
        case .error(let error): errors.add(error.code.description)
        default: break
        }
    }

    /// What came of an attempt to enrol.
    func countEnrolment(_ result: Result<Message, any Error>) {
        switch result {
        case .success(.enrolled): enrolments.add("enrolled")
        case .success: enrolments.add("refused")
        case .failure: enrolments.add("failed")
        }
    }
}

extension ServerMachine.CloseReason {
    fileprivate var label: String {
        switch self {
        case .error(let code): code.description
        case .helloTimedOut: "hello_timed_out"
        case .idle: "idle"
        case .stalled: "stalled"
        case .drained: "drained"
        }
    }
}
