import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// What the root key signs.
struct Delegations {
    let dataset: UniqueID
    let rootKey: Ed25519PrivateKey
    let from: Instant
    let until: Instant

    func chain(authority: Certificate, checkpointKey: Ed25519PublicKey, number: UInt64) throws -> DelegationChain {
        guard let root = PublicKey32(bytes: rootKey.publicKey.bytes), let checkpoint = PublicKey32(bytes: checkpointKey.bytes)
        else {
            throw WireError.outOfRange("public key")
        }
        return try DelegationChain(
            rootKey: root, certificateAuthority: sign(.certificateAuthority(authority.der), number: number),
            checkpointKey: sign(.checkpointKey(checkpoint), number: number))
    }

    private func sign(_ subject: DelegationSubject, number: UInt64) throws -> Signed<Delegation> {
        let delegation = try Delegation(dataset: dataset, number: number, from: from, until: until, subject: subject)
        return try rootKey.sign(delegation, context: .delegation)
    }
}

extension Ed25519PrivateKey {
    /// A statement under its own context string.
    func sign<Content: Statement>(_ statement: Content, context: SignatureContext) throws -> Signed<Content> {
        let signature = try sign(context: context, message: statement.encoded)
        guard let bytes = Signature64(bytes: signature.bytes) else { throw WireError.outOfRange("signature") }
        return Signed(statement, signature: bytes)
    }
}

extension CertificateValidity {
    /// From a day before now, for clocks that are behind.
    init(from now: Instant, lifetime: Duration) throws {
        let start = now.milliseconds / 1_000 - 86_400
        let end = now.milliseconds / 1_000 + lifetime.components.seconds
        guard let validity = CertificateValidity(notBefore: start, notAfter: end) else { throw WireError.outOfRange("validity") }
        self = validity
    }
}

extension DelegationChain {
    /// As it stands in messages and in files.
    var encoded: [UInt8] {
        var writer = WireWriter()
        write(to: &writer)
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws -> DelegationChain {
        var reader = WireReader(bytes)
        let chain = try DelegationChain(from: &reader)
        try reader.finish("delegation chain")
        return chain
    }
}
