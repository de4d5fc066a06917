import AlmanacModel
import AlmanacSync
import AlmanacWire
import Testing

@Suite struct ServerHelloTests {
    @Test func theHelloGoesOutWithoutWaitingForTheClients() throws {
        var server = try ServerFixture()
        let actions = server.handle(.opened(try ServerFixture.full()))
        let hello = try ServerHello(
            software: "almanacd/test", dataset: ServerFixture.dataset(), epoch: Epoch(7), name: "clusters",
            access: ServerFixture.full())
        #expect(actions == [.send(.serverHello(hello), .connection)])
        #expect(!server.machine.hasFullAccess, "the client has said nothing yet")
    }

    @Test func theChainTravelsExactlyWhenAccessIsNotFull() throws {
        for access in [try ServerFixture.enrolOnly(), try ServerFixture.renewOnly(), try ServerFixture.full()] {
            var server = try ServerFixture()
            guard case .send(.serverHello(let hello), _)? = server.handle(.opened(access)).first else {
                Issue.record("no hello for \(access.level)")
                continue
            }
            #expect(hello.access == access)
        }
    }

    @Test func theClientsHelloOpensTheConnectionAndIsNotAnswered() throws {
        var server = try ServerFixture(opened: ServerFixture.full())
        #expect(server.receive(.clientHello(try ServerFixture.hello()), 0).isEmpty)
        #expect(server.machine.hasFullAccess)
    }

    @Test func fullAccessIsNeededForTheLargerCaps() throws {
        for access in [try ServerFixture.enrolOnly(), try ServerFixture.renewOnly()] {
            #expect(try !ServerFixture(open: access).machine.hasFullAccess)
        }
    }

    @Test func theFirstMessageHasToBeTheHello() throws {
        for message in [Message.pull(try ServerFixture.pull()), .ping(Ping(content: 1)), .cancel(Cancel())] {
            var server = try ServerFixture(opened: ServerFixture.full())
            expectClosed(server.receive(message, 3), with: .protocolViolation)
        }
        var server = try ServerFixture(opened: ServerFixture.full())
        expectClosed(server.handle(.receivedUnknown(200, ExchangeID(3))), with: .protocolViolation)
    }

    @Test func nothingIsHeardBeforeThePeerIsKnown() throws {
        var server = try ServerFixture()
        expectClosed(server.receive(.clientHello(try ServerFixture.hello()), 0), with: .protocolViolation)
    }

    @Test func aSecondHelloIsAViolation() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        expectClosed(server.receive(.clientHello(try ServerFixture.hello()), 0), with: .protocolViolation)
    }

    @Test(arguments: [(1, 1), (0, 1), (1, 9)])
    func aCommonVersionIsEnough(lowest: UInt64, highest: UInt64) throws {
        var server = try ServerFixture(opened: ServerFixture.full())
        let hello = try ServerFixture.hello(versions: ProtocolVersions(lowest: lowest, highest: highest))
        #expect(server.receive(.clientHello(hello), 0).isEmpty)
    }

    @Test(arguments: [(0, 0), (2, 2), (2, .max)])
    func noCommonVersionEndsTheConnection(lowest: UInt64, highest: UInt64) throws {
        var server = try ServerFixture(opened: ServerFixture.full())
        let hello = try ServerFixture.hello(versions: ProtocolVersions(lowest: lowest, highest: highest))
        expectClosed(server.receive(.clientHello(hello), 0), with: .versionUnsupported)
    }

    @Test func anotherDatasetEndsTheConnection() throws {
        var server = try ServerFixture(opened: ServerFixture.full())
        let other = try #require(UniqueID(bytes: [UInt8](repeating: 8, count: 16)))
        expectClosed(server.receive(.clientHello(try ServerFixture.hello(dataset: other)), 0), with: .wrongDataset)
    }

    @Test func theExpectedDatasetIsFine() throws {
        var server = try ServerFixture(opened: ServerFixture.full())
        let hello = try ServerFixture.hello(dataset: ServerFixture.dataset())
        #expect(server.receive(.clientHello(hello), 0).isEmpty)
    }

    @Test func aRefusedPeerGetsTheErrorInsteadOfAHello() throws {
        var server = try ServerFixture()
        expectClosed(server.handle(.refused(.refusal(.notAllowed, "revoked"))), with: .notAllowed)
        #expect(server.handle(.opened(try ServerFixture.full())).isEmpty, "nothing happens after the end")
    }

    @Test func malformedBytesEndTheConnectionInEveryState() throws {
        for var server in [
            try ServerFixture(), try ServerFixture(opened: ServerFixture.full()), try ServerFixture(open: ServerFixture.full()),
        ] {
            expectClosed(server.handle(.malformed(.badFlags(4))), with: .protocolViolation)
        }
        var server = try ServerFixture(open: ServerFixture.full())
        expectClosed(server.handle(.malformed(.tooLarge("payload", cap: 1))), with: .tooLarge)
    }
}
