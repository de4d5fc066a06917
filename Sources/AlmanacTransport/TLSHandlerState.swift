import NIOCore

/// Where a connection is. ``TLSHandler`` alone moves it:
///
///     idle ──> handshaking ──> open ──> inputClosed ──┐
///                               ├─────> outputClosed ─┤
///                               └─────────────────────┴──> closing ──> closed
///
/// and every state goes straight to `closed` when the connection fails or the channel ends.
enum TLSHandlerState {
    /// The channel is not active yet.
    case idle(EarlyWrites)
    case handshaking(EarlyWrites, deadline: Scheduled<Void>)
    case open
    /// The peer's close_notify is in, on a channel that allows half-closure; this side still writes.
    case inputClosed
    /// This side's close_notify is out; the peer still writes.
    case outputClosed
    case closing(Closing)
    case closed

    /// An orderly end. What still comes in is dropped.
    struct Closing {
        var awaited: Set<Farewell>
        let deadline: Scheduled<Void>
        let promise: EventLoopPromise<Void>
    }

    /// The two halves of an orderly end: our close_notify, with all that was written before it, has left; the peer's has come.
    enum Farewell { case ours, peers }

    /// Lets go of everything the state holds. An orderly end that was cut short is an end nevertheless.
    func abandon(_ error: any Error) {
        switch self {
        case .idle(let early): early.fail(error)
        case .handshaking(let early, let deadline):
            deadline.cancel()
            early.fail(error)
        case .closing(let closing):
            closing.deadline.cancel()
            closing.promise.succeed()
        case .open, .inputClosed, .outputClosed, .closed: break
        }
    }
}
