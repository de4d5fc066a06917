import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// The keys of a new dataset, and what the root key says of the others.
struct FoundingKeys {
    let rootKey: Ed25519PrivateKey
    private let root: RootAuthority
    let delegated: DelegatedKeys

    init(dataset: UniqueID, name: String, now: Instant) throws {
        rootKey = try Ed25519PrivateKey()
        root = try RootAuthority.make(
            key: rootKey, name: CommonName("Almanac root of ", cutting: name),
            validity: CertificateValidity(from: now, lifetime: Founding.rootLifetime))
        delegated = try DelegatedKeys(by: root, rootKey, dataset: dataset, name: name, number: 1, now: now)
    }

    /// By path.
    func publicFiles(in directory: DataDirectory) throws -> [(path: String, content: [UInt8])] {
        [
            try delegated.certificateFile(in: directory), (directory.rootCertificate, Array(try root.certificate.pem.utf8)),
            (directory.chain, delegated.chain.encoded),
        ]
    }
}

extension CommonName {
    /// As much as a certificate's common name takes.
    init(_ prefix: String, cutting name: String) throws {
        try self.init(Text(cutting: prefix + name, to: Self.maximumByteCount).string)
    }
}
