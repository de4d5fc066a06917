import AlmanacModel
import AlmanacWire

extension ServerMachine {
    /// What can happen to a connection.
    public enum Event: Sendable {
        /// The handshake is complete, and the device table allows the peer this; the role is that of its person.
        case opened(Access, Role? = nil)
        /// The handshake is complete, and the device table does not know the peer, or no longer allows it.
        case refused(ErrorMessage)
        case received(Message, ExchangeID)
        /// A frame of a type that this version does not have, dropped already.
        case receivedUnknown(UInt8, ExchangeID)
        /// Bytes that the specification does not allow.
        case malformed(WireError)
        /// A frame has begun and is not complete in its time.
        case receivedTooSlowly
        /// The answer to an action that asked for one: `enrolled`, `delegation_chain`, or an error.
        case answered(ExchangeID, Message)
        /// What ``Action/readNext(_:)`` gave.
        case step(ExchangeID, PullStep)
        /// Whether the connection takes more; also the answer to ``Action/reportWritability``.
        case writabilityChanged(Bool)
        /// There may be something new for followers.
        case headMoved
        /// It is time to say the head again to followers, if it was signed anew.
        case headRenewed
        /// The deadline may have passed.
        case tick
        /// The server is stopping.
        case drain
    }

    /// What one snapshot gave of a pull.
    public enum PullStep: Sendable {
        case piece(outline: Outline?, windows: [EncodedWindow], end: Complete?)
        case refused(ErrorMessage)
    }

    /// What the machine wants done.
    public enum Action: Equatable, Sendable {
        case send(Message, ExchangeID)
        /// A window that is encoded already.
        case sendWindow(EncodedWindow, ExchangeID)
        /// Begin a pull and read its first piece; answered by ``Event/step(_:_:)``.
        case beginPull(ExchangeID, PullRequest)
        /// Read the next piece of a pull; answered by ``Event/step(_:_:)``.
        case readNext(ExchangeID)
        /// Read what a pull has reached once more, with its outline; answered by ``Event/step(_:_:)``.
        case readAgain(ExchangeID)
        /// Say whether the connection takes more, when it has been given everything before this; answered by
        /// ``Event/writabilityChanged(_:)``.
        case reportWritability
        /// A pull has ended; nothing about it needs to be kept.
        case endPull(ExchangeID)
        /// Answered by ``Event/answered(_:_:)``.
        case enrol(ExchangeID, Enrol)
        /// Answered by ``Event/answered(_:_:)``.
        case renew(ExchangeID, Renew)
        /// Answered by ``Event/answered(_:_:)``: `receipts`, or an error.
        case push(ExchangeID, Push)
        /// Answered by ``Event/answered(_:_:)``.
        case delegationChain(ExchangeID)
        /// Send what is pending, then close.
        case close(CloseReason)
    }

    /// Why a connection is closed, for the log and the metrics.
    public enum CloseReason: Equatable, Sendable {
        case error(ErrorCode)
        case helloTimedOut
        /// Nothing was heard.
        case idle
        /// What was sent was not read.
        case stalled
        case drained
    }
}
