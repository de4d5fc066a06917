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
        /// The certificate authority is not valid any more.
        case ended(Instant)

        public var description: String {
            switch self {
            case .damaged(let path, let reason): "\(path) is damaged: \(reason)"
            case .doNotMatch(let directory): "the keys in \(directory) do not belong together: restore the whole directory"
            case .ended(let until): "the delegation to the certificate authority has ended on \(until): almanacd rotate"
            }
        }
    }

    /// Throws ``Refusal``, and what is wrong with a file; a private key that others can read is refused.
    public static func load(_ directory: DataDirectory) throws -> AuthorityKeys {
        var chain = try readChain(directory)
        while true {
            do {
                return try load(chain, directory)
            } catch {
                // A rotation meanwhile has removed what the chain from before named.
                let newer = try readChain(directory)
                guard newer != chain else { throw error }
                chain = newer
            }
        }
    }

    static func readChain(_ directory: DataDirectory) throws -> DelegationChain {
        try read(directory.chain) { try DelegationChain.decode(SmallFile.bytes($0)) }
    }

    private static func load(_ chain: DelegationChain, _ directory: DataDirectory) throws -> AuthorityKeys {
        let (authority, checkpoint) = (chain.certificateAuthority.statement.number, chain.checkpointKey.statement.number)
        let authorityKey = try read(directory.authorityKey(authority)) { try P256PrivateKey(pem: KeyFile.read($0)) }
        let certificate = try read(directory.authorityCertificate(authority)) { try Certificate(pem: SmallFile.text($0)) }
        let keys = AuthorityKeys(
            chain: chain,
            checkpointKey: try read(directory.checkpointKey(checkpoint)) { try Ed25519PrivateKey(pem: KeyFile.read($0)) },
            authority: try read(directory.authorityKey(authority)) { _ in
                try CertificateAuthority(certificate: certificate, key: authorityKey)
            },
            rootCertificate: try read(directory.rootCertificate) { try Certificate(pem: SmallFile.text($0)) })
        guard keys.areDelegated else { throw Refusal.doNotMatch(directory: directory.keys) }
        return keys
    }

    static func read<Content>(_ path: String, _ body: (String) throws -> Content) throws -> Content {
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

    /// A new key of a server, and a certificate for it.
    func serverIdentity(now: Instant) throws -> (tls: TLSIdentity, validity: CertificateValidity) {
        let key = try P256PrivateKey()
        let leaf = try authority.issueLeaf(
            .server, publicKey: key.publicKey, name: CommonName("almanacd"), uri: uri("server"),
            serial: CertificateSerial.random(), validity: validity(from: now, lifetime: Self.serverLifetime))
        let chain = [leaf.der, authority.certificate.der, rootCertificate.der]
        return (TLSIdentity(certificateChain: chain, privateKey: try key.der), leaf.validity)
    }

    /// A device's certificate and its issuer's.
    func issueDevice(_ key: P256PublicKey, name: String, now: Instant) throws -> [[UInt8]] {
        let leaf = try authority.issueLeaf(
            .client, publicKey: key, name: CommonName(name), uri: uri("device"), serial: CertificateSerial.random(),
            validity: validity(from: now, lifetime: Self.deviceLifetime))
        return [leaf.der, authority.certificate.der]
    }

    /// Whether these certificates were issued by the authority of now, not by one that a rotation has replaced.
    func haveIssued(_ certificates: [[UInt8]]) -> Bool { certificates.dropFirst().first == authority.certificate.der }

    /// Whom clients' certificates lead to: the root, so that those of an authority that was replaced stay good until they end, and nothing
    /// of it has to be kept; and the authority of now, for clients that do not show its certificate.
    var clientAnchors: [[UInt8]] { [rootCertificate.der, authority.certificate.der] }

    /// No longer than the authority's own, without which a certificate is worth nothing.
    private func validity(from now: Instant, lifetime: Duration) throws -> CertificateValidity {
        let wanted = try CertificateValidity(from: now, lifetime: lifetime)
        let end = min(wanted.notAfter, authority.certificate.validity.notAfter)
        guard let validity = CertificateValidity(notBefore: wanted.notBefore, notAfter: end) else {
            throw Refusal.ended(chain.certificateAuthority.statement.until)
        }
        return validity
    }

    private func uri(_ kind: String) throws -> CertificateURI {
        guard let uri = CertificateURI("urn:almanac:\(chain.dataset):\(kind)") else { throw WireError.outOfRange("URI") }
        return uri
    }
}
