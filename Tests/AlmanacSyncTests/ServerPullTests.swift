import AlmanacModel
import AlmanacSync
import AlmanacWire
import Testing

@Suite struct ServerPullTests {
    private let one = ExchangeID(1)
    private let two = ExchangeID(2)

    private func pulling() throws -> ServerFixture {
        var server = try ServerFixture(open: ServerFixture.full())
        server.receive(.pull(try ServerFixture.pull()), 1)
        return server
    }

    private func piece(_ end: Complete? = nil) throws -> ServerMachine.PullStep {
        .piece(outline: nil, windows: [try ServerFixture.window()], end: end)
    }

    @Test func aPieceIsSentInOrderAndTheNextOneWaitsForTheConnection() throws {
        var server = try pulling()
        let (outline, first, second) = (try ServerFixture.outline(), try ServerFixture.window(1), try ServerFixture.window(2))
        let actions = server.handle(.step(one, .piece(outline: outline, windows: [first, second], end: nil)))
        #expect(
            actions == [.send(.outline(outline), one), .sendWindow(first, one), .sendWindow(second, one), .reportWritability])
        #expect(server.handle(.writabilityChanged(true)) == [.readNext(one)])
        #expect(server.handle(.writabilityChanged(true)).isEmpty, "one piece at a time")
    }

    @Test func theEndIsSentLastAndEndsThePull() throws {
        var server = try pulling()
        let (window, end) = (try ServerFixture.window(), try ServerFixture.complete())
        let actions = server.handle(.step(one, .piece(outline: nil, windows: [window], end: end)))
        #expect(actions == [.sendWindow(window, one), .endPull(one), .send(.complete(end), one)])
        #expect(server.handle(.step(one, try piece())).isEmpty, "nothing comes after the end")
    }

    @Test func aRefusalEndsThePull() throws {
        var server = try pulling()
        let error = ServerFixture.error(.streamUnknown)
        #expect(server.handle(.step(one, .refused(error))) == [.endPull(one), .send(.error(error), one)])
    }

    @Test func stepsOfPullsThatAreNotBeingReadAreDropped() throws {
        var server = try pulling()
        #expect(server.handle(.step(two, try piece())).isEmpty)
        server.handle(.step(one, try piece()))
        #expect(server.handle(.step(one, try piece())).isEmpty, "nothing was asked for")
    }

    // MARK: THREATS 6: a subscriber that does not read

    @Test func threat6AStalledReaderIsNeverReadFor() throws {
        var server = try pulling()
        server.handle(.writabilityChanged(false))
        let actions = server.handle(.step(one, try piece()))
        #expect(!actions.contains(.readNext(one)))
        #expect(server.handle(.writabilityChanged(false)).isEmpty)
        #expect(server.handle(.writabilityChanged(true)) == [.readNext(one)])
    }

    @Test func threat6APullOfAStalledReaderDoesNotBegin() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.handle(.writabilityChanged(false))
        let pull = try ServerFixture.pull()
        #expect(server.receive(.pull(pull), 1).isEmpty)
        #expect(server.receive(.pull(pull), 2).isEmpty)
        #expect(server.handle(.writabilityChanged(true)) == [.beginPull(one, pull)])
    }

    @Test func threat6CancellingAndPullingAgainReadsNothingForAStalledReader() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.handle(.writabilityChanged(false))
        for _ in 0..<100 {
            #expect(server.receive(.pull(try ServerFixture.pull()), 1).isEmpty)
            expectRefused(server.receive(.cancel(Cancel()), 1), 1, with: .cancelled)
        }
    }

    @Test func threat6_pullsOfOneConnectionTakeTurns() throws {
        var server = try pulling()
        let (pull, three) = (try ServerFixture.pull(), ExchangeID(3))
        #expect(server.receive(.pull(pull), 2).isEmpty)
        #expect(server.receive(.pull(pull), 3).isEmpty)
        var turns: [ServerMachine.Action] = []
        for turn in [one, two, three, one, two] {
            #expect(server.handle(.writabilityChanged(true)).isEmpty, "a piece is being read")
            #expect(server.handle(.step(turn, try piece())).last == .reportWritability)
            turns += server.handle(.writabilityChanged(true))
        }
        #expect(turns == [.beginPull(two, pull), .beginPull(three, pull), .readNext(one), .readNext(two), .readNext(three)])
    }

    @Test func theEndOfOnePullLetsTheNextBegin() throws {
        var server = try pulling()
        let pull = try ServerFixture.pull()
        server.receive(.pull(pull), 2)
        #expect(server.handle(.step(one, try piece(try ServerFixture.complete()))).last == .reportWritability)
        #expect(server.handle(.writabilityChanged(true)) == [.beginPull(two, pull)])
        server.receive(.pull(pull), 3)
        server.receive(.cancel(Cancel()), 2)
        #expect(server.handle(.step(two, .refused(ServerFixture.error()))).last == .reportWritability)
    }

    // MARK: Cancelling

    @Test func cancellingAPausedPullEndsItAtOnce() throws {
        var server = try pulling()
        server.handle(.step(one, try piece()))
        let actions = server.receive(.cancel(Cancel()), 1)
        #expect(actions.first == .endPull(one))
        expectRefused(Array(actions.dropFirst()), 1, with: .cancelled)
        #expect(server.handle(.writabilityChanged(true)).isEmpty)
    }

    /// Otherwise the piece that is under way would be taken for one of the next pull of that id.
    @Test func cancellingAPullThatIsBeingReadKeepsItsIDUntilThePieceIsBack() throws {
        var server = try pulling()
        #expect(server.receive(.cancel(Cancel()), 1).isEmpty)
        #expect(server.receive(.cancel(Cancel()), 1).isEmpty, "cancelled once already")
        let actions = server.handle(.step(one, try piece(try ServerFixture.complete())))
        #expect(actions.first == .endPull(one))
        expectRefused(Array(actions.dropFirst()), 1, with: .cancelled)
        let pull = try ServerFixture.pull()
        #expect(server.receive(.pull(pull), 1) == [.beginPull(one, pull)])
    }

    @Test func usingTheIDOfACancelledPullTooEarlyIsAViolation() throws {
        var server = try pulling()
        server.receive(.cancel(Cancel()), 1)
        let actions = server.receive(.pull(try ServerFixture.pull()), 1)
        #expect(actions.first == .endPull(one))
        expectClosed(actions, with: .protocolViolation)
    }

    @Test func cancelledWorkCountsUntilItIsBack() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.receive(.pull(try ServerFixture.pull()), 1)
        server.receive(.cancel(Cancel()), 1)
        for exchange in 2...16 as ClosedRange<UInt16> { server.receive(.pull(try ServerFixture.pull()), exchange) }
        expectRefused(server.receive(.pull(try ServerFixture.pull()), 17), 17, with: .busy)
    }

    @Test func cancellingARequestThatIsBeingAnsweredDropsTheAnswer() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.receive(.chainRequest(ChainRequest()), 1)
        #expect(server.receive(.cancel(Cancel()), 1).isEmpty)
        let answer = Message.delegationChain(try DelegationChainMessage(chain: ServerFixture.chain()))
        expectRefused(server.handle(.answered(one, answer)), 1, with: .cancelled)
    }

    @Test func cancellingWhatHasEndedIsNoError() throws {
        var server = try pulling()
        server.handle(.step(one, .refused(ServerFixture.error())))
        #expect(server.receive(.cancel(Cancel()), 1).isEmpty)
        #expect(server.receive(.cancel(Cancel()), 99).isEmpty)
    }

    // MARK: Stopping

    @Test func drainingFinishesWhatIsOpenAndAcceptsNothingNew() throws {
        var server = try pulling()
        let farewell = server.handle(.drain)
        guard case .send(.goingAway, .connection)? = farewell.first, farewell.count == 1 else {
            Issue.record("\(farewell)")
            return
        }
        #expect(server.handle(.drain).isEmpty, "said once")
        expectRefused(server.receive(.pull(try ServerFixture.pull()), 2), 2, with: .goingAway)
        server.handle(.step(one, try piece()))
        #expect(server.handle(.writabilityChanged(true)) == [.readNext(one)])
        let actions = server.handle(.step(one, try piece(try ServerFixture.complete())))
        #expect(actions.suffix(2) == [.send(.complete(try ServerFixture.complete()), one), .close(.drained)])
    }

    @Test func drainingWithNothingOpenCloses() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        #expect(server.handle(.drain).last == .close(.drained))
        var unknown = try ServerFixture()
        #expect(unknown.handle(.drain) == [.close(.drained)])
        var silent = try ServerFixture(opened: ServerFixture.full())
        #expect(silent.handle(.drain).last == .close(.drained))
    }

    @Test func aClientThatLeavesGetsWhatIsOpen() throws {
        var server = try pulling()
        let farewell = Message.goingAway(try GoingAway(sentence: "bye"))
        #expect(server.receive(farewell, 0).isEmpty)
        expectRefused(server.receive(.pull(try ServerFixture.pull()), 2), 2, with: .goingAway)
        #expect(server.handle(.step(one, .refused(ServerFixture.error()))).last == .close(.drained))
        var idle = try ServerFixture(open: ServerFixture.full())
        #expect(idle.receive(farewell, 0) == [.close(.drained)])
    }

    @Test func cancellingTheLastPullOfADrainingConnectionClosesIt() throws {
        var server = try pulling()
        server.handle(.step(one, try piece()))
        server.handle(.drain)
        #expect(server.receive(.cancel(Cancel()), 1).last == .close(.drained))
    }

    @Test func theEndOfAConnectionEndsItsPulls() throws {
        var server = try pulling()
        server.receive(.pull(try ServerFixture.pull()), 2)
        server.receive(.chainRequest(ChainRequest()), 3)
        server.handle(.step(one, try piece()))
        server.handle(.writabilityChanged(true))
        let actions = server.handle(.malformed(.badFlags(9)))
        #expect(actions.prefix(2) == [.endPull(one), .endPull(two)])
        expectClosed(actions, with: .protocolViolation)
    }
}
