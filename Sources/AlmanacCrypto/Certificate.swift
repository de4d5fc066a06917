import COpenSSL

/// An X.509 certificate, read but not yet trusted: see ``verify(issuedBy:)`` and ``verify(through:to:as:at:)``.
public struct Certificate: Sendable {
    public static let maximumByteCount = 8_192
    static let label = "CERTIFICATE"

    /// The certificate itself; what follows is read from it.
    public let der: [UInt8]
    public let serial: CertificateSerial
    public let validity: CertificateValidity
    /// Nil if the subject has none, several, or one that ``CommonName`` refuses.
    public let commonName: CommonName?
    /// Nil if the subject alternative name is anything but one URI.
    public let uri: CertificateURI?
    /// SubjectPublicKeyInfo in DER, of any algorithm that OpenSSL knows.
    public let publicKeyInfo: [UInt8]
    public let publicKeyFingerprint: KeyFingerprint
    /// Nil if the key is of another algorithm.
    public let ed25519PublicKey: Ed25519PublicKey?
    /// Whether subject and issuer are the same name: a root, if ``verify(issuedBy:)`` itself succeeds too.
    public let isSelfIssued: Bool

    /// Refuses what is not one X.509 certificate in DER of at most ``maximumByteCount`` bytes, and another encoding of one.
    public init(der: [UInt8]) throws(CryptoError) {
        let attempt = Attempt("read a certificate")
        defer { attempt.end() }
        let certificate = try Self.parse(der, attempt)
        defer { X509_free(certificate) }
        guard try attempt.encode({ i2d_X509(certificate, $0) }) == der else { throw attempt.refusal("it is not in DER") }
        self.der = der
        serial = try CertificateSerial(reading: certificate, attempt)
        validity = try CertificateValidity(reading: certificate, attempt)
        let subject = X509_get_subject_name(certificate)
        commonName = try? CommonName(reading: subject, attempt)
        uri = CertificateURI.read(certificate)
        publicKeyInfo = try attempt.encode { i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), $0) }
        publicKeyFingerprint = try KeyFingerprint(subjectPublicKeyInfo: publicKeyInfo)
        ed25519PublicKey = try Self.ed25519Key(certificate, attempt)
        isSelfIssued = X509_NAME_cmp(subject, X509_get_issuer_name(certificate)) == 0
    }

    /// Lends OpenSSL's object to the TLS layer, for the length of the call.
    package func withOpenSSLCertificate<Success>(
        _ body: (OpaquePointer) throws(CryptoError) -> Success
    ) throws(CryptoError) -> Success {
        let attempt = Attempt("read a certificate")
        defer { attempt.end() }
        let certificate = try Self.parse(der, attempt)
        defer { X509_free(certificate) }
        return try body(certificate)
    }

    /// The caller frees the result.
    static func parse(_ der: [UInt8], _ attempt: Attempt) throws(CryptoError) -> OpaquePointer {
        try attempt.decode(der, atMost: maximumByteCount, { d2i_X509(nil, $0, $1) }, freedBy: X509_free)
    }

    private static func ed25519Key(_ certificate: OpaquePointer, _ attempt: Attempt) throws(CryptoError) -> Ed25519PublicKey? {
        guard let key = X509_get0_pubkey(certificate) else { throw attempt.refusal("its public key cannot be read") }
        guard EVP_PKEY_is_a(key, "ED25519") == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: Ed25519PublicKey.byteCount)
        var count = bytes.count
        try attempt.need(EVP_PKEY_get_raw_public_key(key, &bytes, &count))
        return Ed25519PublicKey(bytes: bytes)
    }
}

extension Certificate: Hashable {
    public static func == (lhs: Certificate, rhs: Certificate) -> Bool { lhs.der == rhs.der }

    public func hash(into hasher: inout Hasher) { hasher.combine(der) }
}
