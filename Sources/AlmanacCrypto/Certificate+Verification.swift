import COpenSSL

extension Certificate {
    /// One is needed; a rotation may show two, and a careless peer its root too.
    public static let maximumAuthorityCount = 8

    /// Checks that `issuer` is an authority whose name and key made this certificate. Validity and what lies above are not checked:
    /// for that there is ``verify(through:to:as:at:)``. Throws `.untrusted` with the reason.
    public func verify(issuedBy issuer: Certificate) throws(CryptoError) {
        let attempt = Attempt("verify a certificate's issuer")
        defer { attempt.end() }
        let certificate = try Self.parse(der, attempt)
        defer { X509_free(certificate) }
        let issuerCertificate = try Self.parse(issuer.der, attempt)
        defer { X509_free(issuerCertificate) }
        let relation = X509_check_issued(issuerCertificate, certificate)
        guard relation == X509_V_OK else { throw attempt.error(Self.cause(Int(relation))) }
        guard X509_check_ca(issuerCertificate) == 1 else { throw attempt.error(.untrusted("the issuer is not an authority")) }
        guard X509_verify(certificate, X509_get0_pubkey(issuerCertificate)) == 1 else {
            throw attempt.error(.untrusted("the issuer's key did not sign it"))
        }
    }

    /// Checks the whole path from this certificate through `authorities` (in any order) to the pinned `root`, with RFC 5280's strict
    /// rules: signatures, names, what each may be used for, path lengths, and the validity of all of them at `seconds` since 1970.
    /// Throws `.untrusted`, `.expired` or `.notYetValid`; `.refused` above ``maximumAuthorityCount``.
    public func verify(
        through authorities: [Certificate], to root: Certificate, as kind: LeafKind, at seconds: Int64
    ) throws(CryptoError) {
        let attempt = Attempt("verify a certificate")
        defer { attempt.end() }
        guard authorities.count <= Self.maximumAuthorityCount else {
            throw attempt.refusal("\(authorities.count) authorities are more than the limit of \(Self.maximumAuthorityCount)")
        }
        let store = try Self.store(of: root, attempt)
        defer { X509_STORE_free(store) }
        let path = try Self.stack(of: authorities, attempt)
        defer { OPENSSL_sk_pop_free(path) { X509_free($0.map { OpaquePointer($0) }) } }
        let certificate = try Self.parse(der, attempt)
        defer { X509_free(certificate) }
        let context = try attempt.need(X509_STORE_CTX_new())
        defer { X509_STORE_CTX_free(context) }
        try attempt.need(X509_STORE_CTX_init(context, store, certificate, path))
        try Self.configure(context, kind, seconds, attempt)
        guard X509_verify_cert(context) == 1 else {
            throw attempt.error(Self.cause(Int(X509_STORE_CTX_get_error(context))))
        }
    }

    private static func store(of root: Certificate, _ attempt: Attempt) throws(CryptoError) -> OpaquePointer {
        let rootCertificate = try parse(root.der, attempt)
        defer { X509_free(rootCertificate) }
        let store = try attempt.need(X509_STORE_new())
        guard X509_STORE_add_cert(store, rootCertificate) == 1 else {
            X509_STORE_free(store)
            throw attempt.failure()
        }
        return store
    }

    private static func stack(of certificates: [Certificate], _ attempt: Attempt) throws(CryptoError) -> OpaquePointer {
        let stack = try attempt.need(OPENSSL_sk_new_null())
        do throws(CryptoError) {
            for certificate in certificates { try push(certificate, onto: stack, attempt) }
        } catch {
            OPENSSL_sk_pop_free(stack) { X509_free($0.map { OpaquePointer($0) }) }
            throw error
        }
        return stack
    }

    private static func push(_ certificate: Certificate, onto stack: OpaquePointer, _ attempt: Attempt) throws(CryptoError) {
        let parsed = try parse(certificate.der, attempt)
        guard OPENSSL_sk_push(stack, UnsafeRawPointer(parsed)) > 0 else {
            X509_free(parsed)
            throw attempt.failure()
        }
    }

    private static func configure(
        _ context: OpaquePointer, _ kind: LeafKind, _ seconds: Int64, _ attempt: Attempt
    ) throws(CryptoError) {
        guard let time = time_t(exactly: seconds) else { throw attempt.refusal("\(seconds) s since 1970 is out of range") }
        let parameters = try attempt.need(X509_STORE_CTX_get0_param(context))
        X509_VERIFY_PARAM_set_time(parameters, time)
        try attempt.need(X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_X509_STRICT)))
        try attempt.need(X509_STORE_CTX_set_purpose(context, kind.purpose))
    }

    private static func cause(_ code: Int) -> CryptoError.Cause {
        switch Int32(truncatingIfNeeded: code) {
        case X509_V_ERR_CERT_HAS_EXPIRED: .expired
        case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
        default: .untrusted(String(cString: X509_verify_cert_error_string(code)))
        }
    }
}
