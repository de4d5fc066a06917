import AlmanacTransport
import NIOConcurrencyHelpers
import Testing

struct ContextTests {
    let authority: TestAuthority

    init() async throws { authority = try await TestAuthority.shared }

    private func server(_ chain: [[UInt8]], key: [UInt8]? = nil, clientCAs: [[UInt8]]? = nil) throws(TLSConfigurationError) {
        _ = try TLSContext.server(
            identity: TLSIdentity(certificateChain: chain, privateKey: key ?? authority.server.privateKey),
            clientCAs: clientCAs ?? [authority.authority])
    }

    @Test func whatCannotBeReadIsNamed() throws {
        let chain = authority.server.certificateChain
        #expect(throws: TLSConfigurationError.noCertificate) { try server([]) }
        #expect(throws: TLSConfigurationError.certificateUnreadable(index: 0)) { try server([[]]) }
        #expect(throws: TLSConfigurationError.certificateUnreadable(index: 1)) { try server([chain[0], [0x30, 0x00]]) }
        #expect(throws: TLSConfigurationError.certificateUnreadable(index: 0)) { try server([chain[0] + [0]]) }
        #expect(throws: TLSConfigurationError.certificateUnreadable(index: 0)) { try server(chain, clientCAs: [[1]]) }
        #expect(throws: TLSConfigurationError.noClientAuthority) { try server(chain, clientCAs: []) }
        #expect(throws: TLSConfigurationError.privateKeyUnreadable) { try server(chain, key: []) }
        #expect(throws: TLSConfigurationError.privateKeyUnreadable) { try server(chain, key: authority.server.privateKey + [0]) }
        #expect(throws: TLSConfigurationError.keyDoesNotMatchCertificate) { try server(chain, key: authority.client.privateKey) }
    }

    @Test(arguments: [0, 31, 33]) func aPinHasThirtyTwoBytes(count: Int) {
        #expect(throws: TLSConfigurationError.pinHasWrongLength(count)) {
            _ = try TLSContext.client(pinnedRoot: [UInt8](repeating: 0, count: count), identity: nil)
        }
    }

    @Test func truncatedCertificatesAndKeysAreErrors() throws {
        let certificate = authority.server.certificateChain[0]
        for count in certificate.indices {
            #expect(throws: TLSConfigurationError.certificateUnreadable(index: 0)) { try server([Array(certificate[..<count])]) }
        }
        let key = authority.server.privateKey
        for count in key.indices {
            #expect(throws: TLSConfigurationError.privateKeyUnreadable) { try server([certificate], key: Array(key[..<count])) }
        }
    }

    @Test func theKeyLogHasTheSecretsOfAConnection() throws {
        let lines = NIOLockedValueBox<[String]>([])
        let context = try authority.serverContext(keyLog: { line in lines.withLockedValue { $0.append(line) } })
        try TLSPair(client: authority.clientContext(), server: context).pump()
        let labels = lines.withLockedValue { Set($0.compactMap { $0.split(separator: " ").first.map(String.init) }) }
        #expect(labels.isSuperset(of: ["CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0"]))
    }
}
