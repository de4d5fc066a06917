import Testing

@testable import AlmanacCrypto

/// A root, an authority below it, and what they issue, all valid in the same decade.
struct Authorities {
    static let beginning: Int64 = 1_750_000_000
    static let end: Int64 = 2_065_000_000
    static let during: Int64 = 1_800_000_000

    let root: RootAuthority
    let authority: CertificateAuthority

    init() throws {
        let validity = try Self.validity()
        root = try RootAuthority.make(key: Ed25519PrivateKey(), name: CommonName("Almanac root"), validity: validity)
        let key = try P256PrivateKey()
        let certificate = try root.issueAuthority(
            publicKey: key.publicKey, name: CommonName("Almanac authority"), serial: .random(), validity: validity)
        authority = try CertificateAuthority(certificate: certificate, key: key)
    }

    static func validity(from notBefore: Int64 = beginning, to notAfter: Int64 = end) throws -> CertificateValidity {
        try #require(CertificateValidity(notBefore: notBefore, notAfter: notAfter))
    }

    func leaf(
        _ kind: LeafKind, key: P256PrivateKey? = nil, name: String = "tokyo-laptop", serial: CertificateSerial? = nil,
        validity: CertificateValidity? = nil
    ) throws -> Certificate {
        try authority.issueLeaf(
            kind, publicKey: (key ?? P256PrivateKey()).publicKey, name: CommonName(name),
            uri: #require(CertificateURI("almanac:device:a7f3")), serial: serial ?? .random(),
            validity: validity ?? Self.validity())
    }
}
