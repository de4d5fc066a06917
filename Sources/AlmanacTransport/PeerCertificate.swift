/// What the other side proved itself with.
public enum PeerCertificate: Equatable, Sendable {
    /// No certificate: such a client may only enrol.
    case none
    /// The peer's leaf, of which this is the SubjectPublicKeyInfo in DER. It verified, except that a client's may be past its last
    /// day, or its issuer's (`isExpired`): such a client may only renew.
    case presented(publicKey: [UInt8], isExpired: Bool)
}

/// A user event, fired inbound once, when the handshake is complete and before any data.
public struct TLSHandshakeCompleted: Equatable, Sendable {
    public let peer: PeerCertificate
    /// Whether an earlier connection's session was continued: the certificate is that one's, and was not proved again.
    public let isResumed: Bool
    /// Seconds since 1970 from which on the peer's certificate is valid no more; nil without one.
    public let certificateEnd: Int64?

    public init(peer: PeerCertificate, isResumed: Bool = false, certificateEnd: Int64? = nil) {
        self.peer = peer
        self.isResumed = isResumed
        self.certificateEnd = certificateEnd
    }
}
