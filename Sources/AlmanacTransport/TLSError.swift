/// How a TLS connection failed. Fired once through the channel's pipeline as an error; the channel closes afterwards.
public enum TLSError: Error, Equatable {
    /// The server's chain holds no root with the pinned key. `found` is the SHA-256 of the key of the root that it did show.
    case rootDoesNotMatchPin(found: [UInt8]?)
    /// The server's certificate leads to the pinned root, but by another authority than the one that it has to be of.
    case authorityUnknown
    /// The peer's certificate does not verify, for OpenSSL's reason.
    case certificateInvalid(reason: String)
    /// The peer ended the connection with this alert (RFC 8446, section 6).
    case peerAlert(description: String)
    /// The two sides have no application protocol in common; this one speaks ``TLSContext/applicationProtocol`` only.
    case noCommonProtocol
    /// The peer does not speak TLS 1.3.
    case noCommonVersion
    /// The first bytes are no TLS record: the peer speaks something else.
    case notTLS
    /// The connection ended without close_notify: what came before it may not be all that was sent.
    case truncated
    /// The handshake took longer than ``TLSTimeouts/handshake``.
    case handshakeTimeout
    /// The peer broke the rules of TLS, in OpenSSL's words, or a cap of ours.
    case protocolViolation(reason: String)
    /// More than ``TLSHandler/maximumEarlyByteCount`` bytes were written before the handshake was complete.
    case tooMuchWrittenEarly
    /// Written to, or closed, after the connection had ended.
    case ioClosed
}

extension TLSError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rootDoesNotMatchPin(nil):
            "The server shows no root certificate of an authority: it is not the one that was pinned."
        case .rootDoesNotMatchPin(.some): "The server belongs to another authority than the one that was pinned."
        case .authorityUnknown: "The server's certificate is not of the authority to which the root key delegates now."
        case .certificateInvalid(let reason): "The peer's certificate was refused: \(reason)."
        case .peerAlert(let description): "The peer refused the connection: \(description)."
        case .noCommonProtocol: "The peer does not speak \(TLSContext.applicationProtocol)."
        case .noCommonVersion: "The peer does not speak TLS 1.3."
        case .notTLS: "The peer does not speak TLS. Is this the right port?"
        case .truncated: "The connection was cut: it ended without the peer's farewell. Try again."
        case .handshakeTimeout: "The TLS handshake took too long."
        case .protocolViolation(let reason): "The peer broke the rules of TLS: \(reason)."
        case .tooMuchWrittenEarly: "Too much was written before the TLS handshake was complete."
        case .ioClosed: "The connection is closed."
        }
    }
}
