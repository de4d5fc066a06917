import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Testing

@testable import AlmanacServer

@Suite struct EnrolmentTests {
    private func enrol(_ device: TestDevice, _ secret: InvitationSecret, at server: TestServer) async throws -> Message {
        let client = try await server.open()
        client.send(.enrol(try device.request(secret)), 3)
        let (message, exchange) = try await client.next()
        #expect(exchange == ExchangeID(3))
        await client.close()
        return message
    }

    private func expectInvalid(_ message: Message, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .error(let error) = message else {
            Issue.record("\(message.type)", sourceLocation: sourceLocation)
            return
        }
        #expect(error.code == .invitationInvalid, sourceLocation: sourceLocation)
    }

    @Test func anInvitationIsWorthACertificateAndTheCertificateAccess() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let device = try TestDevice("laptop-lea")
            guard case .enrolled(let enrolled) = try await enrol(device, dataset.invite("lea"), at: server) else {
                throw Unexpected("not enrolled")
            }
            #expect(enrolled.person == "lea")
            #expect(enrolled.role == .reader)
            #expect(enrolled.chain == (try AuthorityKeys.load(dataset.directory)).chain)
            let leaf = try Certificate(der: try #require(enrolled.certificates.first))
            #expect(leaf.commonName?.text == "laptop-lea")
            #expect(leaf.publicKeyFingerprint == device.key.publicKey.fingerprint)

            let client = try await server.connect(device.with(enrolled.certificates))
            guard case .serverHello(let hello) = try await client.next().message else { throw Unexpected("no hello") }
            #expect(hello.access.level == .full)
            #expect(hello.access.checkpoint?.statement.sequence == (try dataset.store.head()).sequence)
        }
    }

    @Test func threat16ASecretThatWasNeverGivenIsRefused() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let secret = try #require(InvitationSecret(bytes: [UInt8](repeating: 7, count: 16)))
            expectInvalid(try await enrol(TestDevice(), secret, at: server))
        }
    }

    @Test func threat16AnExpiredSecretIsRefused() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let secret = try dataset.invite("lea", until: Clock.system.now().advanced(by: .seconds(-1)))
            expectInvalid(try await enrol(TestDevice(), secret, at: server))
        }
    }

    @Test func threat16TheSameKeyGetsTheSameCertificateAgainAndAnotherNone() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let (device, secret) = (try TestDevice(), try dataset.invite("lea"))
            guard case .enrolled(let first) = try await enrol(device, secret, at: server),
                case .enrolled(let second) = try await enrol(device, secret, at: server)
            else { throw Unexpected("not enrolled") }
            #expect(first == second)
            expectInvalid(try await enrol(TestDevice("thief"), secret, at: server))
            guard case .enrolled(let third) = try await enrol(device, secret, at: server) else { throw Unexpected("lost") }
            #expect(third == first)
        }
    }

    @Test func threat16RacedByTwoKeysASecretServesOne() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let (secret, devices) = (try dataset.invite("lea"), try (0..<6).map { try TestDevice("device\($0)") })
            let answers = try await withThrowingTaskGroup(of: Message.self) { group in
                for device in devices { group.addTask { try await enrol(device, secret, at: server) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let enrolled = answers.filter { if case .enrolled = $0 { true } else { false } }
            #expect(enrolled.count == 1)
            for answer in answers where answer != enrolled.first { expectInvalid(answer) }
        }
    }

    @Test func aRefusedSigningRequestCostsNoInvitation() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let (device, secret) = (try TestDevice(), try dataset.invite("lea"))
            let whole = try device.signingRequest()
            var forged = whole
            forged[forged.count - 1] ^= 1
            let client = try await server.open()
            for (name, request) in [
                ("laptop", []), ("laptop", forged), ("laptop", Array(whole.dropLast())), ("lap\u{1b}top", whole),
            ] {
                client.send(.enrol(try Enrol(secret: secret, request: request, deviceName: Text(name))), 1)
                try await client.expectError(.requestInvalid, 1)
            }
            guard case .enrolled = try await enrol(device, secret, at: server) else { throw Unexpected("not enrolled") }
        }
    }

    @Test func threat24NoSecretIsLogged() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let secret = try dataset.invite("lea")
            _ = try await enrol(TestDevice(), secret, at: server)
            _ = try await enrol(TestDevice("second"), secret, at: server)
            let log = server.log.text
            #expect(log.contains("serving"))
            #expect(!log.contains(Hex.encode(secret.bytes)))
            #expect(!log.contains(Base64URL.encode(secret.bytes)))
            #expect(!log.contains("PRIVATE KEY"))
        }
    }

    // MARK: Links

    @Test func aLinkSaysWhereWhatAndWhom() throws {
        let dataset = try TestDataset()
        let keys = try AuthorityKeys.load(dataset.directory)
        let inviter = Inviter(store: dataset.store, keys: keys)
        func invite(_ host: String, _ port: Int) throws -> String {
            try inviter.invite(
                Invitee(name: "lea"), host: host, port: port, expires: .distantFuture, by: .operator("test"), at: .distantFuture
            ).link
        }
        let link = try invite("data.example.org", 7410)
        let rest = try #require(link.split(separator: "/").last).split(separator: ".")
        #expect(link.hasPrefix("almanac://data.example.org:7410/"))
        #expect(rest.count == 2)
        #expect(try Base64URL.decode(String(rest[1])) == keys.pin().bytes)
        #expect(Base64URL.decode(String(rest[0]))?.count == InvitationSecret.byteCount)
        #expect(try invite("::1", 1).hasPrefix("almanac://[::1]:1/"))
    }
}
