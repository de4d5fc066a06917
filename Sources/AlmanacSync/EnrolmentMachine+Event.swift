import AlmanacModel
import AlmanacWire

extension EnrolmentMachine {
    /// What can happen to an enrolment.
    public enum Event: Sendable {
        /// The handshake is complete, and the server has proved the pinned root.
        case connected
        case received(Message, ExchangeID)
        /// A frame of a type that this version does not have, dropped already.
        case receivedUnknown(UInt8, ExchangeID)
        /// Bytes that the specification does not allow.
        case malformed(WireError)
        /// The delegation chain leads from the pinned root to this dataset: the secret may be sent.
        case authorityChecked
        case disconnected(SessionFailure.Ending)
        /// The user has had enough.
        case interrupted
        /// The deadline may have passed.
        case tick
    }

    /// What the machine wants done.
    public enum Action: Sendable {
        case send(Message, ExchangeID)
        /// Check the chain against the pin; answered by ``Event/authorityChecked``.
        case checkAuthority(ServerHello, DelegationChain)
        /// Check the certificate and keep it.
        case accept(Enrolled)
        case fail(SessionFailure)
        case close
    }
}
