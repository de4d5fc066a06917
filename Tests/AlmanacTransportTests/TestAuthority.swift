import AlmanacTransport
import Foundation

/// Certificates for the tests, made once by the `openssl` command: a root, its authority, a server and several clients.
struct TestAuthority {
    private static let made = Task { try await TestAuthority() }

    static var shared: TestAuthority { get async throws { try await made.value } }

    private static let directory = FileManager.default.temporaryDirectory.appending(path: "almanac-tls-\(UUID().uuidString)")

    let directory = Self.directory
    let rootPin: [UInt8]
    let root: [UInt8]
    let authority: [UInt8]
    let server: TLSIdentity
    let client: TLSIdentity
    let expiredClient: TLSIdentity
    /// Issued by an authority of another root.
    let stranger: TLSIdentity
    let expiredStranger: TLSIdentity
    /// A server's certificate, of no use to a client even if it were not expired.
    let expiredServer: TLSIdentity
    /// The root's name and key, signed by somebody else.
    let forgedRoot: [UInt8]

    private init() async throws {
        atexit { try? FileManager.default.removeItem(at: TestAuthority.directory) }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let maker = CertificateMaker(directory: directory)
        try await maker.makeRoot("root")
        try await maker.issue(
            "authority", by: "root", extensions: "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign")
        try await maker.issue("server", by: "authority", extensions: Self.leaf("serverAuth"))
        try await maker.issue("client", by: "authority", extensions: Self.leaf("clientAuth"))
        try await maker.issue("expired", by: "authority", extensions: Self.leaf("clientAuth"), days: -1)
        try await maker.makeRoot("other")
        try await maker.issue("stranger", by: "other", extensions: Self.leaf("clientAuth"))
        try await maker.issue("expired-stranger", by: "other", extensions: Self.leaf("clientAuth"), days: -1)
        try await maker.issue("expired-server", by: "authority", extensions: Self.leaf("serverAuth"), days: -1)
        try await maker.forgeRoot("forged", like: "root", by: "other")
        try maker.concatenate(["authority", "root"], into: "chain")

        root = try await maker.certificate("root")
        authority = try await maker.certificate("authority")
        rootPin = try await maker.pin("root")
        server = try await maker.identity("server", issuers: [authority, root])
        client = try await maker.identity("client")
        expiredClient = try await maker.identity("expired")
        stranger = try await maker.identity("stranger")
        expiredStranger = try await maker.identity("expired-stranger")
        expiredServer = try await maker.identity("expired-server")
        forgedRoot = try await maker.certificate("forged")
    }

    func serverContext(keyLog: TLSContext.KeyLog? = nil) throws -> TLSContext {
        try TLSContext.server(identity: server, clientCAs: [authority], keyLog: keyLog)
    }

    func clientContext(_ identity: TLSIdentity? = nil, pin: [UInt8]? = nil) throws -> TLSContext {
        try TLSContext.client(pinnedRoot: pin ?? rootPin, identity: identity)
    }

    private static func leaf(_ usage: String) -> String {
        "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=\(usage)"
    }
}
