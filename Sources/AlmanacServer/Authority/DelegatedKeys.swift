import AlmanacCrypto
import AlmanacModel
import AlmanacWire

/// New keys for the server's daily work, and what the root key says of them.
struct DelegatedKeys {
    private let authorityKey: P256PrivateKey
    private let authority: Certificate
    private let checkpointKey: Ed25519PrivateKey
    private let number: UInt64
    let chain: DelegationChain

    init(
        by root: RootAuthority, _ rootKey: Ed25519PrivateKey, dataset: UniqueID, name: String, number: UInt64, now: Instant
    ) throws {
        (authorityKey, checkpointKey) = (try P256PrivateKey(), try Ed25519PrivateKey())
        authority = try root.issueAuthority(
            publicKey: authorityKey.publicKey, name: CommonName("Almanac authority of ", cutting: name),
            serial: CertificateSerial.random(),
            validity: CertificateValidity(from: now, lifetime: Founding.delegationLifetime))
        self.number = number
        // From a day before now, for clocks that are behind.
        let (from, until) = (now.advanced(by: .seconds(-86_400)), now.advanced(by: Founding.delegationLifetime))
        chain = try Delegations(dataset: dataset, rootKey: rootKey, from: from, until: until)
            .chain(authority: authority, checkpointKey: checkpointKey.publicKey, number: number)
    }

    /// By path, in PEM.
    func privateKeys(in directory: DataDirectory) throws -> [(path: String, key: String)] {
        [(directory.authorityKey(number), try authorityKey.pem), (directory.checkpointKey(number), try checkpointKey.pem)]
    }

    func certificateFile(in directory: DataDirectory) throws -> (path: String, content: [UInt8]) {
        (directory.authorityCertificate(number), Array(try authority.pem.utf8))
    }
}
