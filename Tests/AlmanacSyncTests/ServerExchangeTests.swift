import AlmanacModel
import AlmanacSync
import AlmanacWire
import Testing

@Suite struct ServerExchangeTests {
    // MARK: What an access allows

    @Test func withoutACertificateOneMayEnrolAndNothingElse() throws {
        var server = try ServerFixture(open: ServerFixture.enrolOnly())
        expectRefused(server.receive(.pull(try ServerFixture.pull()), 1), 1, with: .notAllowed)
        expectRefused(server.receive(.renew(try Renew(request: [1])), 2), 2, with: .notAllowed)
        let enrol = try ServerFixture.enrol()
        #expect(server.receive(.enrol(enrol), 3) == [.enrol(ExchangeID(3), enrol)])
    }

    @Test func withAnExpiredCertificateOneMayRenewAndNothingElse() throws {
        var server = try ServerFixture(open: ServerFixture.renewOnly())
        expectRefused(server.receive(.pull(try ServerFixture.pull()), 1), 1, with: .notAllowed)
        expectRefused(server.receive(.enrol(try ServerFixture.enrol()), 2), 2, with: .notAllowed)
        let renew = try Renew(request: [1])
        #expect(server.receive(.renew(renew), 3) == [.renew(ExchangeID(3), renew)])
    }

    @Test func fullAccessPullsAndRenewsButHasEnrolled() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        let (pull, renew) = (try ServerFixture.pull(), try Renew(request: [1]))
        #expect(server.receive(.pull(pull), 1) == [.beginPull(ExchangeID(1), pull)])
        #expect(server.receive(.renew(renew), 2) == [.renew(ExchangeID(2), renew)])
        expectRefused(server.receive(.enrol(try ServerFixture.enrol()), 3), 3, with: .notAllowed)
    }

    @Test func everybodyMaySeeTheChainAndPing() throws {
        for access in [try ServerFixture.enrolOnly(), try ServerFixture.renewOnly(), try ServerFixture.full()] {
            var server = try ServerFixture(open: access)
            #expect(server.receive(.chainRequest(ChainRequest()), 1) == [.delegationChain(ExchangeID(1))])
            let ping = Ping(content: 42)
            #expect(server.receive(.ping(ping), 0) == [.send(.pong(Pong(answering: ping)), .connection)])
        }
    }

    @Test func aRefusedRequestLeavesItsExchangeFree() throws {
        var server = try ServerFixture(open: ServerFixture.enrolOnly())
        for _ in 0..<20 { expectRefused(server.receive(.pull(try ServerFixture.pull()), 1), 1, with: .notAllowed) }
    }

    // MARK: Ids

    @Test func anExchangeInUseIsAViolation() throws {
        for second in [Message.pull(try ServerFixture.pull()), .chainRequest(ChainRequest())] {
            var server = try ServerFixture(open: ServerFixture.full())
            server.receive(.pull(try ServerFixture.pull()), 7)
            let actions = server.receive(second, 7)
            #expect(actions.first == .endPull(ExchangeID(7)))
            expectClosed(actions, with: .protocolViolation)
        }
    }

    @Test func exchangeZeroTakesNoRequests() throws {
        for message in [Message.pull(try ServerFixture.pull()), .chainRequest(ChainRequest())] {
            var server = try ServerFixture(open: ServerFixture.full())
            expectClosed(server.receive(message, 0), with: .protocolViolation)
        }
    }

    @Test func anAnsweredExchangeIsFreeAgain() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        for _ in 0..<3 {
            #expect(server.receive(.chainRequest(ChainRequest()), 9) == [.delegationChain(ExchangeID(9))])
            let answer = Message.delegationChain(try DelegationChainMessage(chain: ServerFixture.chain()))
            #expect(server.handle(.answered(ExchangeID(9), answer)) == [.send(answer, ExchangeID(9))])
            #expect(server.handle(.answered(ExchangeID(9), answer)).isEmpty, "one request, one answer")
        }
    }

    @Test func sixteenExchangesAreOpenAtMost() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        let pull = try ServerFixture.pull()
        for exchange in 1...16 as ClosedRange<UInt16> {
            let begun = server.receive(.pull(pull), exchange)
            #expect(begun == (exchange == 1 ? [.beginPull(ExchangeID(exchange), pull)] : []))
        }
        expectRefused(server.receive(.pull(pull), 17), 17, with: .busy)
        server.handle(.step(ExchangeID(1), .refused(ServerFixture.error())))
        #expect(server.receive(.pull(pull), 17) == [.beginPull(ExchangeID(2), pull)], "it is open, and has its turn later")
    }

    // MARK: What does not fit

    @Test func theServersOwnMessagesAreViolationsFromAClient() throws {
        for message in [
            Message.outline(try ServerFixture.outline()), .complete(try ServerFixture.complete()),
            .delegationChain(try DelegationChainMessage(chain: ServerFixture.chain())),
        ] {
            var server = try ServerFixture(open: ServerFixture.full())
            expectClosed(server.receive(message, 3), with: .protocolViolation)
        }
    }

    @Test func anUnknownMessageIsAnsweredAndTheConnectionGoesOn() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        expectRefused(server.handle(.receivedUnknown(77, ExchangeID(5))), 5, with: .unknownMessage)
        expectRefused(server.handle(.receivedUnknown(77, .connection)), 0, with: .unknownMessage)
        #expect(server.receive(.chainRequest(ChainRequest()), 5) == [.delegationChain(ExchangeID(5))])
    }

    /// The error carries *last*: nothing of the exchange may follow it.
    @Test func anUnknownMessageOnAnOpenExchangeEndsIt() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.receive(.pull(try ServerFixture.pull()), 5)
        #expect(server.handle(.receivedUnknown(77, ExchangeID(5))).isEmpty, "its piece is still being read")
        let actions = server.handle(
            .step(ExchangeID(5), .piece(outline: try ServerFixture.outline(), windows: [try ServerFixture.window()], end: nil)))
        #expect(actions.first == .endPull(ExchangeID(5)))
        expectRefused(Array(actions.dropFirst()), 5, with: .unknownMessage)
    }

    @Test func errorsAndPongsOfAClientAreJustHeard() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        #expect(server.receive(.error(ServerFixture.error()), 3).isEmpty)
        #expect(server.receive(.pong(Pong(answering: Ping(content: 1))), 0).isEmpty)
    }

    // MARK: Answers that nobody reads

    @Test func aPeerThatAsksWithoutReadingIsCutOff() throws {
        var server = try ServerFixture(open: ServerFixture.enrolOnly())
        server.handle(.writabilityChanged(false))
        for content in 1...UInt64(ServerMachine.unreadAnswerLimit) {
            let ping = Ping(content: content)
            #expect(server.receive(.ping(ping), 0) == [.send(.pong(Pong(answering: ping)), .connection)])
        }
        let actions = server.receive(.ping(Ping(content: 0)), 0)
        #expect(actions.compactMap(\.sentError).map(\.code) == [.busy])
        #expect(actions.last == .close(.error(.busy)))
    }

    @Test func whoReadsMayAskForEver() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        for content in 0..<UInt64(3 * ServerMachine.unreadAnswerLimit) {
            if content.isMultiple(of: 100) {
                server.handle(.writabilityChanged(false))
                server.handle(.writabilityChanged(true))
            }
            #expect(server.receive(.ping(Ping(content: content)), 0).count == 1)
        }
    }
}
