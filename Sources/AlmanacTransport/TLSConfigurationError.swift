/// Why a ``TLSContext`` could not be made from what this process was given; never caused by a peer.
public enum TLSConfigurationError: Error, Equatable {
    /// The identity holds no certificate.
    case noCertificate
    /// The certificate at this place of the list is not one X.509 certificate in DER.
    case certificateUnreadable(index: Int)
    /// The private key is not one PKCS#8 key in DER.
    case privateKeyUnreadable
    /// The private key belongs to another certificate than the first of the chain.
    case keyDoesNotMatchCertificate
    /// A server needs at least one certificate authority for its clients.
    case noClientAuthority
    /// A pin is a SHA-256, ``TLSContext/pinByteCount`` bytes.
    case pinHasWrongLength(Int)
    /// OpenSSL refused a setting, for the reason that it gives.
    case refused(setting: String, reason: String)
}

extension TLSConfigurationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noCertificate: "The TLS identity has no certificate."
        case .certificateUnreadable(let index): "Certificate \(index + 1) of the list is not an X.509 certificate in DER."
        case .privateKeyUnreadable: "The private key is not an unencrypted PKCS#8 key in DER."
        case .keyDoesNotMatchCertificate: "The private key does not belong to the first certificate of the chain."
        case .noClientAuthority: "No certificate authority for client certificates was given."
        case .pinHasWrongLength(let count): "The root's fingerprint has \(count) bytes instead of 32."
        case .refused(let setting, let reason): "OpenSSL refuses \(setting): \(reason)."
        }
    }
}
