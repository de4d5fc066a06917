import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacTransport
import AlmanacWire

/// The keys that a server works with; the root key is not among them.
public struct AuthorityKeys: Sendable {
    public let chain: DelegationChain
    let checkpointKey: Ed25519PrivateKey
    let authority: CertificateAuthority
    let rootCertificate: Certificate

    /// How long a server's and a device's certificate is valid.
    public static let serverLifetime: Duration = .seconds(365 * 86_400)
    public static let deviceLifetime: Duration = .seconds(180 * 86_400)

    /// Why the keys of a directory are of no use.
    public enum Refusal: Error, Equatable, CustomStringConvertible {
        /// The file is not what it should be.
        case damaged(path: String, String)
        /// The chain does not delegate to these keys.
        case doNotMatch(directory: String)

        public var description: String {
            switch self {
            case .damaged(let path, let reason): "\(path) is damaged: \(reason)"
            case .doNotMatch(let directory): "the keys in \(directory) do not belong together: restore the whole directory"
            }
        }
    }

    /// Throws ``Refusal``, and what is wrong with a file; a private key that others can read is refused.
    public static func load(_ directory: DataDirectory) throws -> AuthorityKeys {
        let authorityKey = try read(directory.authorityKey) { try P256PrivateKey(pem: KeyFile.read($0)) }
        let certificate = try read(directory.authorityCertificate) { try Certificate(pem: SmallFile.text($0)) }
        let keys = AuthorityKeys(
            chain: try read(directory.chain) { try DelegationChain.decode(SmallFile.bytes($0)) },
            checkpointKey: try read(directory.checkpointKey) { try Ed25519PrivateKey(pem: KeyFile.read($0)) },
            authority: try read(directory.authorityKey) { _ in
                try CertificateAuthority(certificate: certificate, key: authorityKey)
            },
            rootCertificate: try read(directory.rootCertificate) { try Certificate(pem: SmallFile.text($0)) })
        guard keys.areDelegated else { throw Refusal.doNotMatch(directory: directory.keys) }
        return keys
    }

    private static func read<Content>(_ path: String, _ body: (String) throws -> Content) throws -> Content {
        do {
            return try body(path)
        } catch let error as CryptoError {
            throw Refusal.damaged(path: path, error.description)
        } catch let error as WireError {
            throw Refusal.damaged(path: path, error.description)
        }
    }

    /// Whether the chain is about these very keys.
    private var areDelegated: Bool {
        guard case .certificateAuthority(authority.certificate.der) = chain.certificateAuthority.statement.subject,
            case .checkpointKey(let checkpoint) = chain.checkpointKey.statement.subject
        else { return false }
        return checkpoint.bytes == checkpointKey.publicKey.bytes
            && rootCertificate.ed25519PublicKey?.bytes == chain.rootKey.bytes
    }

    /// What every invitation pins: the SHA-256 hash of the root's raw public key.
    public func pin() throws -> Hash32 { try Hash32(hashing: chain.rootKey.bytes) }

    // MARK: Certificates

    /// A key and a certificate for this run of the server.
    func serverIdentity(now: Instant) throws -> TLSIdentity {
        let key = try P256PrivateKey()
        let leaf = try authority.issueLeaf(
            .server, publicKey: key.publicKey, name: CommonName("almanacd"), uri: uri("server"),
            serial: CertificateSerial.random(), validity: CertificateValidity(from: now, lifetime: Self.serverLifetime))
        return TLSIdentity(
            certificateChain: [leaf.der, authority.certificate.der, rootCertificate.der], privateKey: try key.der)
    }

    /// A device's certificate and its issuer's.
    func issueDevice(_ key: P256PublicKey, name: String, now: Instant) throws -> [[UInt8]] {
        let leaf = try authority.issueLeaf(
            .client, publicKey: key, name: CommonName(name), uri: uri("device"), serial: CertificateSerial.random(),
            validity: CertificateValidity(from: now, lifetime: Self.deviceLifetime))
        return [leaf.der, authority.certificate.der]
    }

    /// Whom clients' certificates come from.
    var clientAuthorities: [[UInt8]] { [authority.certificate.der] }

    private func uri(_ kind: String) throws -> CertificateURI {
        guard let uri = CertificateURI("urn:almanac:\(chain.dataset):\(kind)") else { throw WireError.outOfRange("URI") }
        return uri
    }
}
