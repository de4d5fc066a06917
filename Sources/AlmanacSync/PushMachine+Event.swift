import AlmanacModel
import AlmanacWire

extension PushMachine {
    /// What can happen to a push.
    public enum Event: Sendable {
        /// The handshake is complete, and the server has proved the pinned root.
        case connected
        case received(Message, ExchangeID)
        /// A frame of a type that this version does not have, dropped already.
        case receivedUnknown(UInt8, ExchangeID)
        /// Bytes that the specification does not allow.
        case malformed(WireError)
        /// The server's hello has been checked: operations may be sent.
        case greeted
        /// The next sheet, which counts as sent; answers ``Action/supply``.
        case sheet(Push)
        /// There is nothing more to send; answers ``Action/supply``.
        case nothingLeft
        /// A checkpoint or receipts name a delegation above the one that is known; answered by ``Action/adopt(_:)``.
        case chainNeeded
        /// The receipts of one sheet are verified and durable.
        case stored
        case disconnected(SessionFailure.Ending)
        /// The user has had enough.
        case interrupted
        /// The deadline may have passed.
        case tick
    }

    /// What the machine wants done.
    public enum Action: Sendable {
        case send(Message, ExchangeID)
        /// Check the newest checkpoint that the server shows; answered by ``Event/greeted`` or, before that, ``Event/chainNeeded``.
        case greet(ServerHello)
        /// Hand over the next sheet; answered by ``Event/sheet(_:)`` or ``Event/nothingLeft``.
        case supply
        /// Verify receipts and keep them; answered by ``Event/stored`` or, before that, ``Event/chainNeeded``.
        case accept(Signed<ReceiptSheet>)
        /// Check the chain under the pinned root, and what waited for it.
        case adopt(DelegationChain)
        case fail(SessionFailure)
        case close
    }
}
