import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import GRDB
import Testing

@testable import AlmanacReplica
@testable import AlmanacServer

@Suite struct AccessTests {
    private static let everything = try? PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all])

    private func pull() throws -> Message { .pull(try #require(Self.everything)) }

    @Test func withoutACertificateTheHelloShowsTheChainAndNoState() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let client = try await server.connect()
            guard case .serverHello(let hello) = try await client.next().message else { throw Unexpected("no hello") }
            #expect(hello.access == .enrol(try AuthorityKeys.load(dataset.directory).chain))
            #expect(hello.name == "clusters")
            client.send(.clientHello(try ClientHello(software: "test/1")))
            client.send(try pull(), 1)
            try await client.expectError(.notAllowed, 1)
            client.send(.renew(try Renew(request: [1])), 2)
            try await client.expectError(.notAllowed, 2)
            client.send(.ping(Ping(content: 5)))
            #expect(try await client.next().message == .pong(Pong(answering: Ping(content: 5))))
        }
    }

    @Test func everybodyMayAskForTheChain() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            let client = try await server.open()
            client.send(.chainRequest(ChainRequest()), 9)
            guard case (.delegationChain(let message), ExchangeID(9)) = try await client.next() else {
                throw Unexpected("no chain")
            }
            #expect(message.chain == (try AuthorityKeys.load(dataset.directory)).chain)
        }
    }

    @Test func threat17AnExpiredCertificateMayRenewAndNothingElse() async throws {
        let now = Clock.system.now()
        let dataset = try TestDataset(at: now)
        let device = try TestDevice(enrolledAs: "lea", in: dataset, at: now.advanced(by: .seconds(-200 * 86_400)))
        try await TestServer.serving(dataset) { server in
            let client = try await server.connect(device)
            guard case .serverHello(let hello) = try await client.next().message else { throw Unexpected("no hello") }
            #expect(hello.access == .renew(try AuthorityKeys.load(dataset.directory).chain))
            client.send(.clientHello(try ClientHello(software: "test/1")))
            client.send(try pull(), 1)
            try await client.expectError(.notAllowed, 1)
            client.send(.renew(try Renew(request: TestDevice().signingRequest())), 2)
            try await client.expectError(.requestInvalid, 2)
            client.send(.renew(try Renew(request: device.signingRequest())), 3)
            guard case .enrolled(let enrolled) = try await client.next().message else { throw Unexpected("not renewed") }
            #expect(enrolled.person == "lea")
            try await server.open(device.with(enrolled.certificates)).pullAll()
        }
    }

    @Test func aDeviceRenewsBeforeItsCertificateEnds() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            client.send(.renew(try Renew(request: device.signingRequest())), 1)
            guard case .enrolled(let enrolled) = try await client.next().message else { throw Unexpected("not renewed") }
            #expect(enrolled.certificates.first != device.certificates.first)
        }
    }

    // MARK: Devices that are not allowed

    @Test func aDeviceThatTheTableDoesNotKnowGetsAnErrorInsteadOfAHello() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let key = try TestDevice()
        let device = key.with(
            try AuthorityKeys.load(dataset.directory).issueDevice(key.key.publicKey, name: "stranger", now: Clock.system.now()))
        try await TestServer.serving(dataset) { server in
            let client = try await server.connect(device)
            try await client.expectError(.notAllowed)
            await client.expectClosed()
        }
    }

    @Test func threat14ARevokedDeviceGetsAnErrorInsteadOfAHello() async throws {
        let now = Clock.system.now()
        let dataset = try TestDataset(at: now)
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        let expired = try TestDevice(enrolledAs: "kim", in: dataset, at: now.advanced(by: .seconds(-200 * 86_400)))
        try dataset.revokeAllDevices()
        try await TestServer.serving(dataset) { server in
            for device in [device, expired] {
                let client = try await server.connect(device)
                try await client.expectError(.notAllowed)
                await client.expectClosed()
            }
        }
    }

    @Test func threat14WhatIsRevokedInAConnectionGetsNothingMore() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { settings in
            settings.accessInterval = .seconds(3_600)
        } _: { server in
            let client = try await server.open(device)
            try await client.pullAll()
            try dataset.revokeAllDevices()
            client.send(try pull(), 2)
            try await client.expectError(.notAllowed, 2)
            client.send(.renew(try Renew(request: device.signingRequest())), 3)
            try await client.expectError(.notAllowed, 3)
        }
    }

    @Test func aCertificateOfAnotherAuthorityEndsTheHandshake() async throws {
        let (mine, other) = (try TestDataset(at: Clock.system.now()), try TestDataset(at: Clock.system.now()))
        let stranger = try TestDevice(enrolledAs: "lea", in: other)
        try await TestServer.serving(mine) { server in
            let client = try await server.connect(stranger)
            guard case .failed = await client.event() else { throw Unexpected("it was let in") }
            let device = try TestDevice(enrolledAs: "kim", in: mine)
            try await server.open(device).pullAll()
        }
    }

    // MARK: Hellos that do not fit

    @Test func anotherDatasetOrVersionEndsTheConnection() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let other = try #require(UniqueID(bytes: [UInt8](repeating: 1, count: 16)))
            for (hello, code) in [
                (try ClientHello(software: "t", dataset: other), ErrorCode.wrongDataset),
                (try ClientHello(versions: ProtocolVersions(lowest: 2, highest: 9), software: "t"), .versionUnsupported),
            ] {
                let client = try await server.connect(device)
                _ = try await client.next()
                client.send(.clientHello(hello))
                try await client.expectError(code)
                await client.expectClosed()
            }
        }
    }
}

extension TestDataset {
    func revoke(_ devices: String...) throws {
        for device in devices {
            try store.pool.write {
                try $0.execute(sql: "UPDATE almanac_device SET revoked = 1 WHERE name = ?", arguments: [device])
            }
        }
    }

    func revokeAllDevices() throws {
        try store.pool.write { try $0.execute(sql: "UPDATE almanac_device SET revoked = 1") }
    }
}
