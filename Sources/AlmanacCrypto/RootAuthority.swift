/// The root of a dataset's certificates: its key is pinned by every invitation, and meant to be kept offline.
public struct RootAuthority: Sendable {
    public let certificate: Certificate
    private let key: Ed25519PrivateKey

    /// Takes up a root again. Refuses a key that is not the certificate's, and a certificate that did not sign itself.
    public init(certificate: Certificate, key: Ed25519PrivateKey) throws(CryptoError) {
        guard certificate.ed25519PublicKey == key.publicKey else {
            throw CryptoError(attempt: "take up the root", cause: .refused("the key is not that of the certificate"))
        }
        try certificate.verify(issuedBy: certificate)
        self.certificate = certificate
        self.key = key
    }

    /// Makes a root that signs its own certificate under a random serial: version 3, CA, path length 1, signs certificates only.
    public static func make(
        key: Ed25519PrivateKey, name: CommonName, validity: CertificateValidity
    ) throws(CryptoError) -> RootAuthority {
        let serial = try CertificateSerial.random()
        let attempt = Attempt("make a root certificate")
        defer { attempt.end() }
        let template = CertificateTemplate(
            role: .root, subject: name, serial: serial, validity: validity, publicKey: key.handle)
        let certificate = try template.signed(by: key.handle, digest: nil, issuer: nil, attempt)
        return try RootAuthority(certificate: certificate, key: key)
    }

    /// Signs the certificate of an authority that signs leaves: CA, path length 0.
    public func issueAuthority(
        publicKey: P256PublicKey, name: CommonName, serial: CertificateSerial, validity: CertificateValidity
    ) throws(CryptoError) -> Certificate {
        let attempt = Attempt("issue an authority's certificate")
        defer { attempt.end() }
        let template = CertificateTemplate(
            role: .authority, subject: name, serial: serial, validity: validity, publicKey: try publicKey.handle(attempt))
        return try template.signed(by: key.handle, digest: nil, issuer: certificate, attempt)
    }
}
