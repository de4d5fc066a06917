import AlmanacCrypto
import AlmanacTransport
import Foundation
import Programs

/// Certificates and keys as files for the `openssl` command: a server's of the same authority and shape as almanacd's own, which
/// exists in its memory alone, and the enrolled device's.
struct OpenSSLFiles {
    let bench: Bench
    let openssl = "/usr/bin/openssl"

    var serverKey: String { bench.path("openssl/server.key") }
    var serverCertificate: String { bench.path("openssl/server.crt") }
    var serverChain: String { bench.path("openssl/server-chain.crt") }
    var authority: String { bench.authority + "/keys/authority.crt" }
    var root: String { bench.authority + "/keys/root.crt" }
    let deviceKey: String
    let deviceCertificate: String

    init(_ stage: Stage) throws {
        bench = stage.bench
        deviceKey = bench.path("openssl/device.key")
        deviceCertificate = bench.path("openssl/device.crt")
        try FileManager.default.createDirectory(atPath: bench.path("openssl"), withIntermediateDirectories: true)
        let authority = try CertificateAuthority(
            certificate: Certificate(pem: Self.text(self.authority)),
            key: P256PrivateKey(pem: Self.text(bench.authority + "/keys/authority.key")))
        let key = try P256PrivateKey()
        let now = Int64(Date().timeIntervalSince1970)
        guard let uri = CertificateURI("urn:almanac:crowd:server"),
            let validity = CertificateValidity(notBefore: now - 60, notAfter: now + 86_400)
        else { throw EnrolledDevice.NotEnrolled() }
        let leaf = try authority.issueLeaf(
            .server, publicKey: key.publicKey, name: CommonName("almanacd"), uri: uri, serial: .random(), validity: validity)
        try Self.write(key.pem, serverKey)
        try Self.write(leaf.pem, serverCertificate)
        try Self.write(Self.text(self.authority) + Self.text(root), serverChain)
        try Self.write(P256PrivateKey(der: stage.device.identity.privateKey).pem, deviceKey)
        let chain = try stage.device.identity.certificateChain.map { try Certificate(der: $0).pem }
        try Self.write(chain.joined(), deviceCertificate)
    }

    private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private static func write(_ text: String, _ path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
