import AlmanacReplica
import AlmanacTransport
import AlmanacWire

/// What a connection's certificate says.
enum PeerKey: Sendable, Equatable {
    case anonymous
    /// The fingerprint is that of the public key: SHA-256 of its SubjectPublicKeyInfo.
    case certified(Hash32, isExpired: Bool)

    init(_ certificate: PeerCertificate) throws {
        switch certificate {
        case .none: self = .anonymous
        case .presented(let publicKey, let isExpired):
            self = .certified(try Hash32(hashing: publicKey), isExpired: isExpired)
        }
    }
}
