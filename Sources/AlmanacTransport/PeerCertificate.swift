/// What the other side proved itself with.
public enum PeerCertificate: Equatable, Sendable {
    /// No certificate: such a client may only enrol.
    case none
    /// The peer's leaf, X.509 in DER. It verified, except that a client's may be past its last day (`isExpired`): such a client
    /// may only renew.
    case presented(der: [UInt8], isExpired: Bool)
}

/// A user event, fired inbound once, when the handshake is complete and before any data.
public struct TLSHandshakeCompleted: Equatable, Sendable {
    public let peer: PeerCertificate

    public init(peer: PeerCertificate) { self.peer = peer }
}
