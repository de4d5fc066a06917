import AlmanacModel
import AlmanacWire

extension ClientMachine {
    /// What can happen to a sync.
    public enum Event: Sendable {
        /// The handshake is complete, and the server has proved the pinned root.
        case connected
        case received(Message, ExchangeID)
        /// A frame of a type that this version does not have, dropped already.
        case receivedUnknown(UInt8, ExchangeID)
        /// Bytes that the specification does not allow.
        case malformed(WireError)
        /// A checkpoint names a delegation above the one that is known; answered by ``Action/adopt(_:)``.
        case chainNeeded
        /// The end of the pull has been verified, or the state that was reached is applied.
        case concluded
        case disconnected(SessionFailure.Ending)
        /// The user has had enough.
        case interrupted
        /// The deadline may have passed.
        case tick
    }

    /// What the machine wants done.
    public enum Action: Sendable {
        case send(Message, ExchangeID)
        /// Check the newest checkpoint that the server shows.
        case greet(ServerHello)
        /// What remains to be received.
        case announce(Outline)
        /// Decode a window, report it to ``ClientMachine/counted(_:in:)``, keep it; the spool's positions follow.
        case store(WindowMessage)
        /// Verify the end; answered by ``Event/concluded`` or, before that, ``Event/chainNeeded``. The streams are those of the proofs.
        case complete(Complete, streams: [StreamName])
        /// Verify and apply a state that the replica now has whole; the pull goes on from there. Answered by ``Event/concluded`` or,
        /// before that, ``Event/chainNeeded``.
        case reached(Complete, streams: [StreamName])
        /// Check the chain under the pinned root, and what waited for it.
        case adopt(DelegationChain)
        case fail(SessionFailure)
        case close
    }
}
