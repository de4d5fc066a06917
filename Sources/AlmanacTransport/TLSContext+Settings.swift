import COpenSSL

extension TLSContext {
    /// What both sides refuse to do.
    func restrict() throws(TLSConfigurationError) {
        try check(almanac_tls_require_1_3(pointer), "TLS 1.3")
        try check(almanac_tls_set_groups(pointer, "X25519:P-256"), "the key exchange groups")
        SSL_CTX_set_security_level(pointer, 2)
        almanac_tls_set_options(pointer)
        almanac_tls_set_max_cert_list(pointer, Self.maximumCertificateByteCount)
        try check(SSL_CTX_set_max_early_data(pointer, 0), "no early data")
        try check(SSL_CTX_set_recv_max_early_data(pointer, 0), "no early data")
    }

    /// A server gives each connection one ticket, sealed under a key that ends with this context, and keeps nothing itself.
    func issueTickets() throws(TLSConfigurationError) {
        almanac_tls_disable_session_cache(pointer)
        try check(SSL_CTX_set_num_tickets(pointer, 1), "session tickets")
        SSL_CTX_set_timeout(pointer, Int(ResumableSession.lifetime.components.seconds))
        let name = ApplicationProtocol.name
        try check(SSL_CTX_set_session_id_context(pointer, name, UInt32(truncatingIfNeeded: name.count)), "the session's context")
    }

    /// A client keeps the newest ticket in memory.
    func takeTickets() {
        almanac_tls_hand_over_sessions(pointer) { ssl, session in
            if let session { TLSEngine.of(ssl)?.keep(session) }
            // Its reference stays OpenSSL's.
            return 0
        }
    }

    func present(_ identity: TLSIdentity) throws(TLSConfigurationError) {
        guard let leaf = identity.certificateChain.first else { throw .noCertificate }
        guard let certificate = Certificate(der: leaf) else { throw .certificateUnreadable(index: 0) }
        try check(SSL_CTX_use_certificate(pointer, certificate.pointer), "the certificate")
        for (index, der) in identity.certificateChain.enumerated().dropFirst() {
            guard let issuer = Certificate(der: der) else { throw .certificateUnreadable(index: index) }
            try check(almanac_tls_add_chain_certificate(pointer, issuer.pointer), "the chain's certificate \(index + 1)")
        }
        guard let key = PrivateKey(pkcs8: identity.privateKey) else { throw .privateKeyUnreadable }
        guard X509_check_private_key(certificate.pointer, key.pointer) == 1 else {
            ERR_clear_error()
            throw .keyDoesNotMatchCertificate
        }
        try check(SSL_CTX_use_PrivateKey(pointer, key.pointer), "the private key")
    }

    private func check(_ result: Int32, _ setting: String) throws(TLSConfigurationError) {
        guard result == 1 else { throw .refused(setting: setting, reason: OpenSSLFailure.drain().text) }
    }
}
