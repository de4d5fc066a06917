import COpenSSL

/// A server's judgement of its clients: no certificate at all is fine, and so is one whose last day is past, or its issuer's, because
/// such a client must be able to enrol and to renew. Everything else ends the handshake. Who may do what is decided later, from the device table.
enum ClientCertificates {
    static func judge(on context: OpaquePointer, authorities: [[UInt8]]) throws(TLSConfigurationError) {
        guard !authorities.isEmpty else { throw .noClientAuthority }
        for (index, der) in authorities.enumerated() { try trust(der, at: index, on: context) }
        let parameters = SSL_CTX_get0_param(context)
        X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_CLIENT)
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER) { isFine, verification in
            ClientCertificates.isAcceptable(isFine, verification) ? 1 : 0
        }
    }

    /// Whether the certificate that a finished handshake accepted is past its last day: the one forgiven error stays recorded.
    /// A session that is continued keeps the record of its first handshake, so that the certificate's own last day counts too.
    static func isExpired(_ certificate: borrowing Certificate, on ssl: OpaquePointer) -> Bool {
        SSL_get_verify_result(ssl) == Int(X509_V_ERR_CERT_HAS_EXPIRED) || almanac_x509_is_past(certificate.pointer) == 1
    }

    /// Takes a reference of its own to the certificate.
    private static func trust(_ der: [UInt8], at index: Int, on context: OpaquePointer) throws(TLSConfigurationError) {
        guard let certificate = Certificate(der: der) else { throw .certificateUnreadable(index: index) }
        guard X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.pointer) == 1 else {
            throw .refused(setting: "a client authority", reason: OpenSSLFailure.drain().text)
        }
    }

    private static func isAcceptable(_ isFine: Int32, _ verification: OpaquePointer?) -> Bool {
        if isFine == 1 { return true }
        return X509_STORE_CTX_get_error(verification) == X509_V_ERR_CERT_HAS_EXPIRED
    }
}
