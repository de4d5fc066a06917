import COpenSSL

/// What OpenSSL's error queue of this thread said, which is empty afterwards.
struct OpenSSLFailure {
    /// The number of the reason if the TLS library itself gave one, else nil.
    let tlsReason: Int32?
    let text: String

    /// Reads and empties the queue. The TLS library's own error says more than those of the layers under it.
    static func drain() -> OpenSSLFailure {
        var first: UInt?
        var firstOfTLS: UInt?
        while case let code = ERR_get_error(), code != 0 {
            if first == nil { first = code }
            if firstOfTLS == nil, ERR_GET_LIB(code) == ERR_LIB_SSL { firstOfTLS = code }
        }
        return OpenSSLFailure(tlsReason: firstOfTLS.map(ERR_GET_REASON), text: text(of: firstOfTLS ?? first))
    }

    private static func text(of code: UInt?) -> String {
        guard let code else { return "no reason given" }
        guard let text = ERR_reason_error_string(code) else { return "error \(code)" }
        return String(cString: text)
    }
}

extension OpenSSLFailure {
    /// The failure as an error of the connection; `refusal` is what a callback of ours recorded, and `verification` the result
    /// of the peer's certificate.
    func error(refusal: TLSError?, verification: Int) -> TLSError {
        if let refusal { return refusal }
        switch tlsReason {
        case SSL_R_CERTIFICATE_VERIFY_FAILED: return .certificateInvalid(reason: Self.verificationText(verification))
        case SSL_R_NO_APPLICATION_PROTOCOL, SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: return .noCommonProtocol
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_UNKNOWN_PROTOCOL, SSL_R_WRONG_SSL_VERSION: return .noCommonVersion
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION: return .noCommonVersion
        case .some(let reason) where reason >= SSL_AD_REASON_OFFSET:
            return .peerAlert(description: Self.alertText(reason - SSL_AD_REASON_OFFSET))
        default: return .protocolViolation(reason: text)
        }
    }

    private static func verificationText(_ result: Int) -> String {
        guard let text = X509_verify_cert_error_string(result) else { return "error \(result)" }
        return String(cString: text)
    }

    private static func alertText(_ alert: Int32) -> String {
        guard let text = SSL_alert_desc_string_long(alert) else { return "alert \(alert)" }
        return String(cString: text)
    }
}
