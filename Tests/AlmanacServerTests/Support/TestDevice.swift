import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacTransport
import AlmanacWire
import Testing

@testable import AlmanacServer

/// A device with a key and, once enrolled, a certificate.
final class TestDevice: Sendable {
    let key: P256PrivateKey
    let certificates: [[UInt8]]
    let name: String

    private init(_ name: String, _ key: P256PrivateKey, _ certificates: [[UInt8]]) {
        (self.name, self.key, self.certificates) = (name, key, certificates)
    }

    convenience init(_ name: String = "laptop") throws { self.init(name, try P256PrivateKey(), []) }

    /// Enrolled without a connection.
    convenience init(
        _ name: String = "laptop", enrolledAs person: String, as role: Role? = nil, grants: [String] = [],
        in dataset: TestDataset, at time: Instant? = nil
    ) throws {
        let (device, now) = (try TestDevice(name), time ?? Clock.system.now())
        let secret = try dataset.invite(person, as: role, grants: grants, until: now.advanced(by: .seconds(60)))
        let enroller = Enroller(store: dataset.store, keys: try AuthorityKeys.load(dataset.directory))
        guard case .enrolled(let enrolled) = try enroller.enrol(device.request(secret), now: now) else {
            throw Unexpected("not enrolled")
        }
        self.init(name, device.key, enrolled.certificates)
    }

    /// The same key with other certificates.
    func with(_ certificates: [[UInt8]]) -> TestDevice { TestDevice(name, key, certificates) }

    var identity: TLSIdentity? {
        guard !certificates.isEmpty, let key = try? key.der else { return nil }
        return TLSIdentity(certificateChain: certificates, privateKey: key)
    }

    func fingerprint() throws -> Hash32 {
        Hash32(try Certificate(der: #require(certificates.first)).publicKeyFingerprint.digest)
    }

    func signingRequest() throws -> [UInt8] { try CertificateSigningRequest(key: key, commonName: CommonName(name)).der }

    func request(_ secret: InvitationSecret) throws -> Enrol {
        try Enrol(secret: secret, request: signingRequest(), deviceName: Text(name))
    }
}

extension TestDataset {
    /// The secret of a new invitation.
    func invite(
        _ person: String, as role: Role? = nil, grants: [String] = [], until: Instant = .distantFuture
    ) throws -> InvitationSecret {
        let bytes = try SecureRandom.bytes(InvitationSecret.byteCount)
        let patterns = grants.compactMap { StreamPattern($0) }
        try store.add(
            Invitation(
                secretHash: Hash32(hashing: bytes), invitee: Invitee(name: person, role: role, grants: patterns), expires: until),
            by: .operator("test"), at: Clock.system.now())
        return try #require(InvitationSecret(bytes: bytes))
    }
}
