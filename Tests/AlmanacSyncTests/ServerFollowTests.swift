import AlmanacModel
import AlmanacSync
import AlmanacWire
import Testing

/// Pulls that go on after their end.
@Suite struct ServerFollowTests {
    private let one = ExchangeID(1)
    private let two = ExchangeID(2)

    private static func following() throws -> PullRequest {
        try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all], extensions: .following)
    }

    private func reading() throws -> ServerFixture {
        var server = try ServerFixture(open: ServerFixture.full())
        #expect(server.receive(.pull(try Self.following()), 1) == [.beginPull(one, try Self.following())])
        return server
    }

    private func caughtUp() throws -> ServerFixture {
        var server = try reading()
        let end = try ServerFixture.complete()
        let actions = server.handle(.step(one, try news(end)))
        #expect(actions == [.send(.outline(try ServerFixture.outline()), one), .send(.reached(Reached(end)), one)])
        return server
    }

    private func news(_ end: Complete) throws -> ServerMachine.PullStep {
        .piece(outline: try ServerFixture.outline(), windows: [], end: end)
    }

    @Test func theNextSnapshotIsReadWhenTheHeadMoves() throws {
        var server = try caughtUp()
        #expect(server.handle(.writabilityChanged(true)).isEmpty)
        #expect(server.handle(.headMoved) == [.readNext(one)])
        let (outline, window, end) = (
            try ServerFixture.outline(), try ServerFixture.window(), try ServerFixture.complete()
        )
        let actions = server.handle(.step(one, .piece(outline: outline, windows: [window], end: end)))
        #expect(actions == [.send(.outline(outline), one), .sendWindow(window, one), .send(.reached(Reached(end)), one)])
        #expect(server.handle(.headMoved) == [.readNext(one)])
    }

    @Test(arguments: [true, false])
    func aStateOfSeveralPiecesIsSaidAfterTheLast(isLastEmpty: Bool) throws {
        var server = try reading()
        let (outline, window, end) = (
            try ServerFixture.outline(), try ServerFixture.window(), try ServerFixture.complete()
        )
        server.handle(.step(one, .piece(outline: outline, windows: [window], end: nil)))
        #expect(server.handle(.writabilityChanged(true)) == [.readNext(one)])
        let actions = server.handle(.step(one, .piece(outline: nil, windows: isLastEmpty ? [] : [window], end: end)))
        #expect(actions.last == .send(.reached(Reached(end)), one))
        #expect(server.handle(.headMoved) == [.readNext(one)])
        #expect(server.handle(.step(one, .piece(outline: nil, windows: [], end: end))).isEmpty, "and once only")
    }

    @Test func aHeadThatMovesWhileAPieceIsReadIsNotMissed() throws {
        var server = try reading()
        #expect(server.handle(.headMoved).isEmpty)
        let end = try ServerFixture.complete()
        #expect(server.handle(.step(one, try news(end))).last == .reportWritability)
        #expect(server.handle(.writabilityChanged(true)) == [.readNext(one)])
        // The first snapshot had it already: it is not said twice.
        #expect(server.handle(.step(one, .piece(outline: nil, windows: [], end: end))).isEmpty)
        #expect(server.handle(.headMoved) == [.readNext(one)])
    }

    @Test func threat6_aFollowerThatDoesNotReadIsAPosition() throws {
        var server = try caughtUp()
        server.handle(.writabilityChanged(false))
        for _ in 0..<1_000 { #expect(server.handle(.headMoved).isEmpty) }
        #expect(server.handle(.writabilityChanged(true)) == [.readNext(one)])
    }

    // MARK: THREATS 10: a follower that is kept in the past

    @Test func threat10_aFollowerHearsOfEveryNewerSignature() throws {
        var server = try caughtUp()
        let (outline, again) = (try ServerFixture.outline(), try ServerFixture.complete(signed: 60_001))
        #expect(server.handle(.headRenewed) == [.readAgain(one)])
        #expect(server.handle(.headRenewed).isEmpty)
        let actions = server.handle(.step(one, try news(again)))
        #expect(actions == [.send(.outline(outline), one), .send(.reached(Reached(again)), one)])
        #expect(server.handle(.headRenewed) == [.readAgain(one)])
        #expect(server.handle(.step(one, try news(again))).isEmpty, "said already")
        #expect(server.handle(.headMoved) == [.readNext(one)])
    }

    @Test func aHeadThatMovesWhileItIsSaidAgainIsNotMissed() throws {
        var server = try caughtUp()
        server.handle(.headRenewed)
        #expect(server.handle(.headMoved).isEmpty)
        #expect(server.handle(.step(one, try news(ServerFixture.complete()))) == [.reportWritability])
        #expect(server.handle(.writabilityChanged(true)) == [.readNext(one)])
    }

    @Test func whoDoesNotReadIsNotToldAgain() throws {
        var server = try caughtUp()
        server.handle(.writabilityChanged(false))
        #expect(server.handle(.headRenewed).isEmpty)
        #expect(server.handle(.writabilityChanged(true)).isEmpty)
    }

    @Test func aPullThatDoesNotFollowEndsAndHearsNothing() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.receive(.pull(try ServerFixture.pull()), 1)
        let end = try ServerFixture.complete()
        #expect(server.handle(.step(one, try news(end))).last == .send(.complete(end), one))
        #expect(server.handle(.headMoved).isEmpty)
    }

    @Test func cancellingEndsIt() throws {
        var server = try caughtUp()
        let actions = server.receive(.cancel(Cancel()), 1)
        #expect(actions.first == .endPull(one))
        #expect(server.handle(.headMoved).isEmpty)
        #expect(server.receive(.pull(try Self.following()), 1).count == 1, "its id is free again")
    }

    @Test func aServerThatStopsTellsThoseWhoWait() throws {
        var server = try caughtUp()
        let actions = server.handle(.drain)
        #expect(actions.contains(.endPull(one)))
        #expect(actions.last == .close(.drained))
        var reading = try reading()
        #expect(!reading.handle(.drain).contains(.close(.drained)), "what is being read is finished")
        let end = try ServerFixture.complete()
        let ending = reading.handle(.step(one, try news(end)))
        #expect(ending.contains(.send(.complete(end), one)), "with its end, and not with a state from which nothing goes on")
        #expect(ending.last == .close(.drained))
    }

    @Test func aSilentFollowerIsAskedOnceAndThenGivenUp() throws {
        var server = try caughtUp()
        server.pass(ServerFixture.idleTimeout)
        #expect(server.handle(.tick) == [.send(.ping(Ping(content: 0)), .connection)])
        #expect(server.handle(.tick).isEmpty)
        server.pass(.seconds(29))
        #expect(server.receive(.pong(Pong(answering: Ping(content: 0))), 0).isEmpty)
        server.pass(ServerFixture.idleTimeout)
        #expect(server.handle(.tick) == [.send(.ping(Ping(content: 0)), .connection)])
        server.pass(.seconds(30))
        #expect(server.handle(.tick).last == .close(.idle))
    }

    @Test func manyFollowAtOnce() throws {
        var server = try caughtUp()
        #expect(server.receive(.pull(try Self.following()), 2) == [.beginPull(two, try Self.following())])
        server.handle(.step(two, try news(ServerFixture.complete())))
        #expect(server.handle(.headMoved) == [.readNext(one)])
        #expect(server.handle(.step(one, try news(ServerFixture.complete()))).last == .reportWritability)
        #expect(server.handle(.writabilityChanged(true)) == [.readNext(two)])
    }
}
