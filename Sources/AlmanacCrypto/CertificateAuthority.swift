import COpenSSL

/// The authority below the root that runs in the server and signs the certificates of servers and devices.
public struct CertificateAuthority: Sendable {
    public let certificate: Certificate
    private let key: P256PrivateKey

    /// Refuses a key that is not the certificate's.
    public init(certificate: Certificate, key: P256PrivateKey) throws(CryptoError) {
        guard certificate.publicKeyInfo == key.publicKey.der else {
            throw CryptoError(
                attempt: "take up the certificate authority", cause: .refused("the key is not that of the certificate"))
        }
        self.certificate = certificate
        self.key = key
    }

    /// Signs the certificate of a server or a device: digital signatures only, one extended key usage, one URI.
    public func issueLeaf(
        _ kind: LeafKind, publicKey: P256PublicKey, name: CommonName, uri: CertificateURI, serial: CertificateSerial,
        validity: CertificateValidity
    ) throws(CryptoError) -> Certificate {
        let attempt = Attempt("issue a certificate")
        defer { attempt.end() }
        let template = CertificateTemplate(
            role: .leaf(kind, uri), subject: name, serial: serial, validity: validity,
            publicKey: try publicKey.handle(attempt))
        return try template.signed(by: key.handle, digest: EVP_sha256(), issuer: certificate, attempt)
    }
}
