import AlmanacTransport
import NIOCore
import Testing

/// A connection that continues an earlier one's session.
@Suite(.timeLimit(.minutes(20)))
struct ResumptionTests {
    let authority: TestAuthority

    init() async throws { authority = try await TestAuthority.shared }

    private func connect(_ client: TLSContext, _ server: TLSContext) throws -> TLSPair {
        let pair = try TLSPair(client: client, server: server)
        try pair.pump()
        return pair
    }

    @Test func theSecondConnectionContinuesTheFirst() throws {
        let (client, server) = (try authority.clientContext(authority.client), try authority.serverContext())
        let certificate = authority.client.presented(isExpired: false)
        for isResumed in [false, true, true] {
            let pair = try connect(client, server)
            #expect(pair.server.recorder.handshakes.map(\.peer) == [certificate])
            #expect(pair.server.recorder.handshakes.map(\.isResumed) == [isResumed])
            #expect(pair.client.recorder.handshakes.map(\.isResumed) == [isResumed])
            pair.client.write(Array("there".utf8))
            pair.server.write(Array("and back".utf8))
            try pair.pump()
            #expect(pair.server.recorder.received == Array("there".utf8))
            #expect(pair.client.recorder.received == Array("and back".utf8))
        }
    }

    @Test func anotherServersTicketCostsAFullHandshakeOnly() throws {
        let client = try authority.clientContext(authority.client)
        _ = try connect(client, authority.serverContext())
        let pair = try connect(client, authority.serverContext())
        #expect(pair.server.recorder.handshakes.map(\.isResumed) == [false])
    }

    @Test func aSessionIsContinuedOnce() throws {
        let (client, server) = (try authority.clientContext(), try authority.serverContext())
        _ = try connect(client, server)
        let pairs = [try TLSPair(client: client, server: server), try TLSPair(client: client, server: server)]
        for pair in pairs { try pair.pump() }
        #expect(pairs.map { $0.server.recorder.handshakes.map(\.isResumed) } == [[true], [false]])
    }

    @Test func oneWithoutACertificateStaysWithout() throws {
        let (client, server) = (try authority.clientContext(), try authority.serverContext())
        for isResumed in [false, true] {
            let pair = try connect(client, server)
            #expect(pair.server.recorder.handshakes == [TLSHandshakeCompleted(peer: .none, isResumed: isResumed)])
        }
    }

    @Test func anExpiredCertificateStaysExpired() throws {
        let (client, server) = (try authority.clientContext(authority.expiredClient), try authority.serverContext())
        let certificate = authority.expiredClient.presented(isExpired: true)
        for isResumed in [false, true] {
            let pair = try connect(client, server)
            #expect(pair.server.recorder.handshakes.map(\.peer) == [certificate])
            #expect(pair.server.recorder.handshakes.map(\.isResumed) == [isResumed])
        }
    }
}
