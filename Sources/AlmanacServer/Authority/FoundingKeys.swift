import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// The keys of a new dataset, and what the root key says of the others.
struct FoundingKeys {
    let rootKey: Ed25519PrivateKey
    private let root: RootAuthority
    private let authorityKey: P256PrivateKey
    private let authority: Certificate
    private let checkpointKey: Ed25519PrivateKey
    private let chain: DelegationChain

    init(dataset: UniqueID, name: String, now: Instant) throws {
        (rootKey, authorityKey, checkpointKey) = (try Ed25519PrivateKey(), try P256PrivateKey(), try Ed25519PrivateKey())
        root = try RootAuthority.make(
            key: rootKey, name: Self.name("Almanac root of \(name)"),
            validity: CertificateValidity(from: now, lifetime: Founding.rootLifetime))
        authority = try root.issueAuthority(
            publicKey: authorityKey.publicKey, name: Self.name("Almanac authority of \(name)"),
            serial: CertificateSerial.random(),
            validity: CertificateValidity(from: now, lifetime: Founding.delegationLifetime))
        let until = now.advanced(by: Founding.delegationLifetime)
        chain = try Delegations(dataset: dataset, rootKey: rootKey, from: now, until: until)
            .chain(authority: authority, checkpointKey: checkpointKey.publicKey, number: 1)
    }

    /// By path, in PEM.
    func privateKeys(in directory: DataDirectory, rootKeyPath: String) throws -> [(path: String, key: String)] {
        [
            (rootKeyPath, try rootKey.pem), (directory.authorityKey, try authorityKey.pem),
            (directory.checkpointKey, try checkpointKey.pem),
        ]
    }

    /// By path.
    func publicFiles(in directory: DataDirectory) throws -> [(path: String, content: [UInt8])] {
        [
            (directory.authorityCertificate, Array(try authority.pem.utf8)),
            (directory.rootCertificate, Array(try root.certificate.pem.utf8)), (directory.chain, chain.encoded),
        ]
    }

    /// As much as a certificate's common name takes.
    private static func name(_ text: String) throws -> CommonName {
        try CommonName(Text(cutting: text, to: CommonName.maximumByteCount).string)
    }
}
