import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacTransport

/// What this device proves itself with.
struct DeviceCredentials: Sendable {
    let key: P256PrivateKey
    /// The device's own first, then its issuers without the root.
    let certificates: [Certificate]

    /// Refuses a key that others may use.
    static func load(_ paths: CredentialPaths) throws -> DeviceCredentials {
        guard let key = try loadKey(paths) else { throw ClientError.contextDamaged(path: paths.key, "it is not there") }
        guard let bytes = try SystemFile.read(paths.certificate) else {
            throw ClientError.contextDamaged(path: paths.certificate, "it is not there")
        }
        guard let certificates = try? Certificate.chain(pem: String(decoding: bytes, as: UTF8.self)),
            let leaf = certificates.first,
            leaf.publicKeyInfo == key.publicKey.der
        else { throw ClientError.contextDamaged(path: paths.certificate, "it holds no certificate of this device's key") }
        return DeviceCredentials(key: key, certificates: certificates)
    }

    /// Nil if there is no key yet.
    static func loadKey(_ paths: CredentialPaths) throws -> P256PrivateKey? {
        guard let bytes = try SystemFile.readPrivate(paths.key) else { return nil }
        guard let key = try? P256PrivateKey(pem: String(decoding: bytes, as: UTF8.self)) else {
            throw ClientError.contextDamaged(path: paths.key, "it is not a P-256 key")
        }
        return key
    }

    /// The key that is there, or a new one: what was made before a cut is used again.
    static func loadOrMakeKey(_ paths: CredentialPaths) throws -> P256PrivateKey {
        if let key = try loadKey(paths) { return key }
        let key = try P256PrivateKey()
        try FileSync.write(Array(key.pem.utf8), to: paths.key, mode: 0o600)
        return key
    }

    var identity: TLSIdentity {
        get throws { TLSIdentity(certificateChain: certificates.map(\.der), privateKey: try key.der) }
    }

    /// The last moment of the device's certificate.
    static func end(of certificates: [Certificate]) -> Instant? {
        certificates.first.map { certificate in
            let (milliseconds, overflow) = certificate.validity.notAfter.multipliedReportingOverflow(by: 1_000)
            return overflow ? .distantFuture : Instant(clamping: milliseconds)
        }
    }
}
