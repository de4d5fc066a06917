import COpenSSL

/// What an authority is about to sign.
struct CertificateTemplate {
    /// What the certificate may be used for; decides its X.509 extensions.
    enum Role {
        /// Signs authorities.
        case root
        /// Signs leaves, no further authority.
        case authority
        case leaf(LeafKind, CertificateURI)
    }

    let role: Role
    let subject: CommonName
    let serial: CertificateSerial
    let validity: CertificateValidity
    let publicKey: KeyHandle

    /// The signed certificate. Without an issuer it is its own: a root. The digest belongs to the key: null for Ed25519.
    func signed(
        by key: KeyHandle, digest: OpaquePointer?, issuer: Certificate?, _ attempt: Attempt
    ) throws(CryptoError) -> Certificate {
        let certificate = try attempt.need(X509_new())
        defer { X509_free(certificate) }
        let issuerCertificate = try issuer.map { issuer throws(CryptoError) in try Certificate.parse(issuer.der, attempt) }
        defer { X509_free(issuerCertificate) }
        try fill(certificate, issuer: issuerCertificate ?? certificate, attempt)
        try key.withPointer { key throws(CryptoError) in
            guard X509_sign(certificate, key, digest) > 0 else { throw attempt.failure() }
        }
        return try Certificate(der: attempt.encode { i2d_X509(certificate, $0) })
    }

    private func fill(_ certificate: OpaquePointer, issuer: OpaquePointer, _ attempt: Attempt) throws(CryptoError) {
        // X.509 counts its versions from zero: this is version 3.
        try attempt.need(X509_set_version(certificate, 2))
        try serial.write(to: certificate, attempt)
        try validity.write(to: certificate, attempt)
        try subject.append(to: X509_get_subject_name(certificate), attempt)
        try attempt.need(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)))
        try publicKey.withPointer { key throws(CryptoError) in try attempt.need(X509_set_pubkey(certificate, key)) }
        try addExtensions(to: certificate, issuer: issuer, attempt)
    }

    private func addExtensions(to certificate: OpaquePointer, issuer: OpaquePointer, _ attempt: Attempt) throws(CryptoError) {
        for (kind, value) in role.extensions { try Self.add(kind, value, to: certificate, issuer: issuer, attempt) }
        if case .leaf(_, let uri) = role { try uri.write(to: certificate, attempt) }
    }

    private static func add(
        _ kind: Int32, _ value: String, to certificate: OpaquePointer, issuer: OpaquePointer, _ attempt: Attempt
    ) throws(CryptoError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        let added = try attempt.need(X509V3_EXT_conf_nid(nil, &context, kind, value))
        defer { X509_EXTENSION_free(added) }
        try attempt.need(X509_add_ext(certificate, added, -1))
    }
}

extension CertificateTemplate.Role {
    /// In OpenSSL's notation; only texts that are fixed here.
    fileprivate var extensions: [(kind: Int32, value: String)] {
        let subjectKey = (NID_subject_key_identifier, "hash")
        let authorityKey = (NID_authority_key_identifier, "keyid:always")
        switch self {
        case .root:
            return [(NID_basic_constraints, "critical,CA:TRUE,pathlen:1"), (NID_key_usage, "critical,keyCertSign"), subjectKey]
        case .authority:
            return [
                (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"), (NID_key_usage, "critical,keyCertSign"),
                subjectKey, authorityKey,
            ]
        case .leaf(let kind, _):
            return [
                (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
                (NID_ext_key_usage, kind.extendedKeyUsage), subjectKey, authorityKey,
            ]
        }
    }
}
