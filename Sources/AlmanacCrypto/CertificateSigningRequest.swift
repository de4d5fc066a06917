import COpenSSL

/// What a device sends to get its certificate (PKCS #10): a P-256 key, proof that it holds it, and the name that it would like.
public struct CertificateSigningRequest: Hashable, Sendable {
    public static let maximumByteCount = 4_096

    public let der: [UInt8]
    public let publicKey: P256PublicKey
    /// A wish: the authority decides.
    public let commonName: CommonName

    /// Makes a request for `key`, signed by it.
    public init(key: P256PrivateKey, commonName: CommonName) throws(CryptoError) {
        let attempt = Attempt("make a certificate signing request")
        defer { attempt.end() }
        let request = try attempt.need(X509_REQ_new())
        defer { X509_REQ_free(request) }
        try attempt.need(X509_REQ_set_version(request, 0))
        try commonName.append(to: X509_REQ_get_subject_name(request), attempt)
        try key.handle.withPointer { key throws(CryptoError) in
            try attempt.need(X509_REQ_set_pubkey(request, key))
            guard X509_REQ_sign(request, key, EVP_sha256()) > 0 else { throw attempt.failure() }
        }
        der = try attempt.encode { i2d_X509_REQ(request, $0) }
        publicKey = key.publicKey
        self.commonName = commonName
    }

    /// Reads a stranger's request. Refuses more than ``maximumByteCount`` bytes, what is not DER, any key but one on P-256, any
    /// signature but that key's with SHA-256 over the request, and a common name that is missing, double or refused.
    public init(der: [UInt8]) throws(CryptoError) {
        let attempt = Attempt("read a certificate signing request")
        defer { attempt.end() }
        let request = try attempt.decode(
            der, atMost: Self.maximumByteCount, { d2i_X509_REQ(nil, $0, $1) }, freedBy: X509_REQ_free)
        defer { X509_REQ_free(request) }
        guard try attempt.encode({ i2d_X509_REQ(request, $0) }) == der else { throw attempt.refusal("it is not in DER") }
        let keyInfo = try attempt.encode { i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(request), $0) }
        publicKey = try P256PublicKey(der: keyInfo)
        try Self.checkSignature(request, attempt)
        commonName = try CommonName(reading: X509_REQ_get_subject_name(request), attempt)
        self.der = der
    }

    private static func checkSignature(_ request: OpaquePointer, _ attempt: Attempt) throws(CryptoError) {
        guard X509_REQ_get_signature_nid(request) == NID_ecdsa_with_SHA256 else {
            throw attempt.refusal("it is not signed by ECDSA with SHA-256")
        }
        guard X509_REQ_verify(request, X509_REQ_get0_pubkey(request)) == 1 else {
            throw attempt.refusal("its own key did not sign it")
        }
    }
}
