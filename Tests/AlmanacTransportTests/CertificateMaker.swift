import AlmanacTransport
import Foundation

/// Makes keys and certificates as files of one directory; a missing or failing `openssl` is an error of the test.
struct CertificateMaker {
    let directory: URL

    struct CommandFailed: Error { let arguments: [String], status: Int32?, output: String }

    func makeRoot(_ name: String) async throws {
        try await openssl("genpkey", "-algorithm", "ed25519", "-out", "\(name).key")
        try await openssl(
            "req", "-x509", "-new", "-key", "\(name).key", "-subj", "/CN=Test \(name)", "-days", "3650", "-addext",
            "keyUsage=critical,keyCertSign", "-out", "\(name).pem")
    }

    func issue(_ name: String, by issuer: String, extensions: String, days: Int = 3_650) async throws {
        try Data(extensions.utf8).write(to: directory.appending(path: "\(name).ext"))
        try await openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "\(name).key")
        try await openssl("req", "-new", "-key", "\(name).key", "-subj", "/CN=Test \(name)", "-out", "\(name).csr")
        try await openssl(
            "x509", "-req", "-in", "\(name).csr", "-CA", "\(issuer).pem", "-CAkey", "\(issuer).key", "-CAcreateserial", "-days",
            "\(days)", "-extfile", "\(name).ext", "-out", "\(name).pem")
    }

    /// A root with another's name and public key, signed with a key of the forger's.
    func forgeRoot(_ name: String, like root: String, by forger: String) async throws {
        try await openssl("req", "-new", "-key", "\(forger).key", "-subj", "/CN=Test \(root)", "-out", "\(name).csr")
        try await openssl("pkey", "-in", "\(root).key", "-pubout", "-out", "\(root).pub")
        try await openssl(
            "x509", "-req", "-in", "\(name).csr", "-signkey", "\(forger).key", "-force_pubkey", "\(root).pub", "-days", "3650",
            "-out", "\(name).pem")
    }

    func concatenate(_ names: [String], into name: String) throws {
        let parts = try names.map { try Data(contentsOf: directory.appending(path: "\($0).pem")) }
        try parts.reduce(Data(), +).write(to: directory.appending(path: "\(name).pem"))
    }

    func certificate(_ name: String) async throws -> [UInt8] {
        try await openssl("x509", "-in", "\(name).pem", "-outform", "DER", "-out", "\(name).der")
        return try read("\(name).der")
    }

    func key(_ name: String) async throws -> [UInt8] {
        try await openssl("pkcs8", "-topk8", "-nocrypt", "-in", "\(name).key", "-outform", "DER", "-out", "\(name).p8")
        return try read("\(name).p8")
    }

    func identity(_ name: String, issuers: [[UInt8]] = []) async throws -> TLSIdentity {
        TLSIdentity(certificateChain: [try await certificate(name)] + issuers, privateKey: try await key(name))
    }

    /// SHA-256 of the raw Ed25519 key, which is the last 32 bytes of its SubjectPublicKeyInfo.
    func pin(_ name: String) async throws -> [UInt8] {
        try await openssl("pkey", "-in", "\(name).key", "-pubout", "-outform", "DER", "-out", "\(name).spki")
        try Data(read("\(name).spki").suffix(32)).write(to: directory.appending(path: "\(name).raw"))
        try await openssl("dgst", "-sha256", "-binary", "-out", "\(name).pin", "\(name).raw")
        return try read("\(name).pin")
    }

    private func read(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: directory.appending(path: name))) }

    private func openssl(_ arguments: String...) async throws {
        let command = try OpenSSLCommand(arguments, in: directory)
        let status = await command.status()
        guard status == 0 else { throw CommandFailed(arguments: arguments, status: status, output: command.output) }
    }
}
