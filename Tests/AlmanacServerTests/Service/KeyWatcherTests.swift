import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacTransport
import AlmanacWire
import Foundation
import NIOConcurrencyHelpers
import Testing

@testable import AlmanacServer

/// A server that runs while its keys are replaced.
@Suite struct KeyWatcherTests {
    private static let everything = try? PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all])

    private func delegation(_ client: TestClient, _ exchange: UInt16) async throws -> UInt64 {
        try await client.pull(try #require(Self.everything), exchange).complete.checkpoint.statement.delegation
    }

    private func rotate(_ dataset: TestDataset, at now: Instant = Clock.system.now()) throws {
        _ = try Rotation(directory: dataset.directory).run(by: .operator("root"), at: now)
    }

    private func wait(for sentence: String, in log: TestLog) async throws {
        while !log.text.contains(sentence) { try await Task.sleep(for: .milliseconds(10)) }
    }

    private func serving(
        _ dataset: TestDataset, clock: Clock = .system, _ body: (TestServer) async throws -> Void
    ) async throws {
        try await TestServer.serving(dataset, clock: clock, { $0.keyInterval = .milliseconds(10) }, body)
    }

    @Test func threat17_rotatedKeysAreTakenOverWithoutDroppingAConnection() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await serving(dataset) { server in
            let client = try await server.open(device)
            #expect(try await delegation(client, 1) == 1)
            try rotate(dataset)
            try await wait(for: "the keys were rotated delegation=2", in: server.log)
            #expect(try await delegation(client, 2) == 2, "on the connection from before")
            client.send(.chainRequest(ChainRequest()), 3)
            guard case .delegationChain(let answer) = try await client.next().message else { throw Unexpected("no chain") }
            let keys = try AuthorityKeys.load(dataset.directory)
            #expect(answer.chain == keys.chain)
            #expect(try await delegation(server.open(device), 1) == 2, "with a certificate of the former authority")
            client.send(.renew(try Renew(request: device.signingRequest())), 4)
            guard case .enrolled(let enrolled) = try await client.next().message else { throw Unexpected("not renewed") }
            #expect(keys.haveIssued(enrolled.certificates))
            #expect(try await delegation(server.open(device.with(enrolled.certificates)), 1) == 2)
        }
    }

    /// The handshake itself: new connections see a certificate of the new authority.
    @Test func threat30_newConnectionsGetACertificateOfTheNewAuthority() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let old = try AuthorityKeys.load(dataset.directory).authority.certificate.der
        try await serving(dataset) { server in
            let pin = try server.pin()
            _ = try await server.connect(TLSContext.client(pinnedRoot: pin, authority: old, identity: nil))
            try rotate(dataset)
            try await wait(for: "the keys were rotated", in: server.log)
            let new = try AuthorityKeys.load(dataset.directory).authority.certificate.der
            _ = try await server.connect(TLSContext.client(pinnedRoot: pin, authority: new, identity: nil))
            await #expect(throws: ConnectError.tls(.authorityUnknown)) {
                _ = try await server.connect(TLSContext.client(pinnedRoot: pin, authority: old, identity: nil))
            }
        }
    }

    @Test func threat17_aDeviceThatSleptLongerThanItsAuthorityLivedMayRenew() async throws {
        let past = Clock.system.now().advanced(by: .seconds(-800 * 86_400))
        let dataset = try TestDataset(at: past)
        let device = try TestDevice(enrolledAs: "lea", in: dataset, at: past)
        try rotate(dataset, at: past.advanced(by: .seconds(400 * 86_400)))
        try rotate(dataset)
        try await serving(dataset) { server in
            let client = try await server.connect(device)
            guard case .serverHello(let hello) = try await client.next().message else { throw Unexpected("no hello") }
            #expect(hello.access == .renew(try AuthorityKeys.load(dataset.directory).chain))
            client.send(.clientHello(try ClientHello(software: "test/1")))
            client.send(.renew(try Renew(request: device.signingRequest())), 1)
            guard case .enrolled(let enrolled) = try await client.next().message else { throw Unexpected("not renewed") }
            #expect(try await delegation(server.open(device.with(enrolled.certificates)), 1) == 3)
        }
    }

    /// The answer to an enrolment was lost, and the keys rotated before the device asked again.
    @Test func threat16_aRepeatedEnrolmentGetsACertificateOfTheAuthorityOfNow() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let (device, secret, now) = (try TestDevice(), try dataset.invite("lea"), Clock.system.now())
        let former = try AuthorityKeys.load(dataset.directory)
        _ = try Enroller(store: dataset.store, keys: former).enrol(device.request(secret), now: now)
        try rotate(dataset)
        let keys = try AuthorityKeys.load(dataset.directory)
        guard case .enrolled(let answer) = try Enroller(store: dataset.store, keys: keys).enrol(device.request(secret), now: now)
        else { throw Unexpected("not enrolled") }
        #expect(keys.haveIssued(answer.certificates))
        guard case .error = try Enroller(store: dataset.store, keys: keys).enrol(TestDevice().request(secret), now: now) else {
            throw Unexpected("another key enrolled")
        }
    }

    @Test func threat30_keysThatCannotBeReadChangeNothing() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await serving(dataset) { server in
            try FileSync.write([1, 2, 3], to: dataset.directory.chain)
            try await wait(for: "the keys cannot be taken over", in: server.log)
            let client = try await server.connect(
                TLSContext.client(pinnedRoot: Self.pin(dataset), identity: device.identity))
            guard case .serverHello(let hello) = try await client.next().message else { throw Unexpected("no hello") }
            #expect(hello.access.level == .full)
        }
    }

    private static func pin(_ dataset: TestDataset) throws -> [UInt8] {
        let certificate = try String(contentsOfFile: dataset.directory.rootCertificate, encoding: .utf8)
        return try Hash32(hashing: #require(Certificate(pem: certificate).ed25519PublicKey).bytes).bytes
    }

    @Test func threat17_theServersCertificateIsRenewedAtTwoThirdsOfItsLife() async throws {
        let start = Clock.system.now().advanced(by: .seconds(-300 * 86_400))
        let time = NIOLockedValueBox(start)
        let dataset = try TestDataset(at: start)
        try await serving(dataset, clock: Clock { time.withLockedValue { $0 } }) { server in
            let client = try await server.open()
            #expect(!server.log.text.contains("the server has a new certificate"))
            time.withLockedValue { $0 = start.advanced(by: .seconds(244 * 86_400)) }
            try await wait(for: "the server has a new certificate", in: server.log)
            client.send(.ping(Ping(content: 5)))
            #expect(try await client.next().message == .pong(Pong(answering: Ping(content: 5))))
            _ = try await server.open()
        }
    }

    @Test func threat17_aDelegationThatEndsSoonIsNamedInTheLog() async throws {
        let dataset = try TestDataset(at: Clock.system.now().advanced(by: .seconds(-700 * 86_400)))
        try await serving(dataset) { server in
            try await wait(for: "the delegation of the keys ends soon", in: server.log)
            try rotate(dataset)
            try await wait(for: "the keys were rotated", in: server.log)
        }
    }

    /// A crash between the step that decides and the end of its transaction.
    @Test func aRotationWithoutItsEntryInTheHistoryGetsOne() async throws {
        struct Stopped: Error {}
        let dataset = try TestDataset(at: Clock.system.now())
        let rotation = Rotation(directory: dataset.directory) { if $0 == "history" { throw Stopped() } }
        #expect(throws: Stopped.self) { try rotation.run(by: .operator("root"), at: Clock.system.now()) }
        try await serving(dataset) { server in
            var acts: [AuditAct] = []
            while !acts.contains(.rotated) {
                try await Task.sleep(for: .milliseconds(10))
                acts = []
                try dataset.store.forEachEvent { if case .act(let entry) = $0 { acts.append(entry.act) } }
            }
            #expect(acts == [.rotated])
        }
    }
}
