import AlmanacTransport
import NIOCore
import NIOEmbedded
import Testing

struct HandshakeTests {
    let authority: TestAuthority

    init() async throws { authority = try await TestAuthority.shared }

    @Test func aClientWithoutCertificateIsAccepted() throws {
        let pair = try TLSPair.connected(authority)
        #expect(pair.server.recorder.peers == [.none])
        #expect(pair.client.recorder.peers == [authority.server.presented(isExpired: false)])
        #expect(pair.endpoints.allSatisfy { $0.recorder.errors.isEmpty })
    }

    @Test func aClientCertificateIsReported() throws {
        let pair = try TLSPair.connected(authority, client: authority.client)
        #expect(pair.server.recorder.peers == [authority.client.presented(isExpired: false)])
    }

    @Test func anExpiredClientCertificateIsAcceptedAndFlagged() throws {
        let pair = try TLSPair.connected(authority, client: authority.expiredClient)
        #expect(pair.server.recorder.peers == [authority.expiredClient.presented(isExpired: true)])
        #expect(pair.endpoints.allSatisfy { $0.recorder.errors.isEmpty && $0.channel.isActive })
    }

    @Test func aClientCertificateOfAnotherAuthorityIsRefused() throws {
        let pair = try TLSPair.connected(authority, client: authority.stranger)
        #expect(pair.server.recorder.peers.isEmpty)
        #expect(pair.server.recorder.tlsErrors == [.certificateInvalid(reason: "unable to get local issuer certificate")])
        // A client of TLS 1.3 is complete before the server has judged it.
        #expect(pair.client.recorder.isComplete)
        #expect(pair.client.recorder.tlsErrors == [.peerAlert(description: "unknown CA")])
        #expect(pair.endpoints.allSatisfy { $0.recorder.isInactive })
    }

    @Test func aServerCertificateIsNotAClientCertificate() throws {
        let server = TLSIdentity(
            certificateChain: [authority.server.certificateChain[0]], privateKey: authority.server.privateKey)
        let pair = try TLSPair.connected(authority, client: server)
        #expect(pair.server.recorder.peers.isEmpty)
        #expect(pair.server.recorder.tlsErrors.count == 1)
    }

    @Test func expiryIsTheOnlyThingForgiven() throws {
        for identity in [authority.expiredStranger, authority.expiredServer] {
            let pair = try TLSPair.connected(authority, client: identity)
            #expect(pair.server.recorder.peers.isEmpty)
            guard case .certificateInvalid? = pair.server.recorder.tlsErrors.first else {
                Issue.record("\(pair.server.recorder.errors)")
                continue
            }
        }
    }

    @Test func aServerCertificateMayNotBeExpired() throws {
        let chain = [authority.expiredServer.certificateChain[0], authority.authority, authority.root]
        let server = try TLSContext.server(
            identity: TLSIdentity(certificateChain: chain, privateKey: authority.expiredServer.privateKey),
            clientCAs: [authority.authority])
        let pair = try TLSPair(client: authority.clientContext(), server: server)
        try pair.pump()
        #expect(pair.client.recorder.tlsErrors == [.certificateInvalid(reason: "certificate has expired")])
        #expect(pair.server.recorder.tlsErrors == [.peerAlert(description: "certificate expired")])
    }

    @Test func aRootIsOnlyARootIfItSignedItself() throws {
        let chain = [authority.server.certificateChain[0], authority.authority, authority.forgedRoot]
        let server = try TLSContext.server(
            identity: TLSIdentity(certificateChain: chain, privateKey: authority.server.privateKey),
            clientCAs: [authority.authority])
        let pair = try TLSPair(client: authority.clientContext(), server: server)
        try pair.pump()
        #expect(pair.client.recorder.tlsErrors == [.rootDoesNotMatchPin(found: nil)])
    }

    @Test func theWrongPinIsRefusedAndTheRootThatWasFoundIsNamed() throws {
        var pin = authority.rootPin
        pin[31] ^= 1
        let pair = try TLSPair(client: authority.clientContext(authority.client, pin: pin), server: authority.serverContext())
        let secret = pair.client.write("a secret".utf8)
        try pair.pump()
        #expect(throws: TLSError.rootDoesNotMatchPin(found: authority.rootPin)) { try secret.wait() }
        #expect(pair.server.recorder.received.isEmpty)
        #expect(pair.client.recorder.tlsErrors == [.rootDoesNotMatchPin(found: authority.rootPin)])
        #expect(pair.server.recorder.tlsErrors == [.peerAlert(description: "unknown CA")])
        #expect(pair.endpoints.allSatisfy { !$0.recorder.isComplete && $0.recorder.isInactive })
    }

    @Test func aChainWithoutRootIsRefused() throws {
        let chain = [authority.server.certificateChain[0], authority.authority]
        let server = try TLSContext.server(
            identity: TLSIdentity(certificateChain: chain, privateKey: authority.server.privateKey),
            clientCAs: [authority.authority])
        let pair = try TLSPair(client: authority.clientContext(), server: server)
        try pair.pump()
        #expect(pair.client.recorder.tlsErrors == [.rootDoesNotMatchPin(found: nil)])
    }

    @Test func theRootAloneDoesNotVouchForALeafThatItDidNotIssue() throws {
        let chain = [authority.stranger.certificateChain[0], authority.authority, authority.root]
        let server = try TLSContext.server(
            identity: TLSIdentity(certificateChain: chain, privateKey: authority.stranger.privateKey),
            clientCAs: [authority.authority])
        let pair = try TLSPair(client: authority.clientContext(), server: server)
        try pair.pump()
        #expect(pair.client.recorder.tlsErrors == [.certificateInvalid(reason: "unable to get local issuer certificate")])
        #expect(!pair.client.recorder.isComplete)
    }

    @Test func aClientCertificateIsNotAServerCertificate() throws {
        let chain = [authority.client.certificateChain[0], authority.authority, authority.root]
        let server = try TLSContext.server(
            identity: TLSIdentity(certificateChain: chain, privateKey: authority.client.privateKey),
            clientCAs: [authority.authority])
        let pair = try TLSPair(client: authority.clientContext(), server: server)
        try pair.pump()
        guard case .certificateInvalid? = pair.client.recorder.tlsErrors.first else {
            Issue.record("\(pair.client.recorder.errors)")
            return
        }
    }

    @Test func aHandshakeAByteAtATimeCompletes() throws {
        let pair = try TLSPair(client: authority.clientContext(authority.client), server: authority.serverContext())
        pair.client.write("from the client".utf8)
        pair.server.write("from the server".utf8)
        try pair.pump { _, bytes in bytes.readableBytesView.map { ByteBuffer(bytes: [$0]) } }
        #expect(pair.client.recorder.received == Array("from the server".utf8))
        #expect(pair.server.recorder.received == Array("from the client".utf8))
        #expect(pair.endpoints.allSatisfy { $0.recorder.peers.count == 1 && $0.recorder.errors.isEmpty })
    }

    @Test func writesBeforeTheHandshakeKeepTheirOrderAndWaitForAFlush() throws {
        let pair = try TLSPair(client: authority.clientContext(), server: authority.serverContext())
        let first = pair.client.channel.write(ByteBuffer(string: "one "))
        let second = pair.client.channel.write(ByteBuffer(string: "two"))
        try pair.pump()
        #expect(pair.server.recorder.received.isEmpty)
        pair.client.channel.flush()
        try pair.pump()
        #expect(pair.server.recorder.received == Array("one two".utf8))
        try first.wait()
        try second.wait()
    }

    @Test func tooMuchWrittenEarlyFailsTheConnection() throws {
        let pair = try TLSPair(client: authority.clientContext(), server: authority.serverContext())
        let fitting = pair.client.write([UInt8](repeating: 1, count: TLSHandler.maximumEarlyByteCount))
        let excess = pair.client.write([1])
        #expect(throws: TLSError.tooMuchWrittenEarly) { try excess.wait() }
        #expect(throws: TLSError.tooMuchWrittenEarly) { try fitting.wait() }
        #expect(pair.client.recorder.tlsErrors == [.tooMuchWrittenEarly])
    }

    @Test func asMuchAsAllowedWrittenEarlyArrives() throws {
        let pair = try TLSPair(client: authority.clientContext(), server: authority.serverContext())
        pair.client.write([UInt8](repeating: 1, count: TLSHandler.maximumEarlyByteCount))
        try pair.pump()
        #expect(pair.server.recorder.received == [UInt8](repeating: 1, count: TLSHandler.maximumEarlyByteCount))
    }

    @Test("Threat 5, slowloris: the handshake must be complete within its time") func slowHandshake() throws {
        let timeouts = TLSTimeouts(handshake: .seconds(10))
        let pair = try TLSPair(client: authority.clientContext(), server: authority.serverContext(), timeouts: timeouts)
        pair.loop.advanceTime(by: .milliseconds(9_999))
        #expect(pair.endpoints.allSatisfy { $0.channel.isActive })
        pair.loop.advanceTime(by: .milliseconds(1))
        for endpoint in pair.endpoints {
            #expect(endpoint.recorder.tlsErrors == [.handshakeTimeout])
            #expect(endpoint.recorder.isInactive)
        }
    }

    @Test func aCompleteHandshakeHasNoTimeout() throws {
        let pair = try TLSPair.connected(authority)
        pair.loop.advanceTime(by: .hours(1))
        #expect(pair.endpoints.allSatisfy { $0.channel.isActive && $0.recorder.errors.isEmpty })
    }
}
