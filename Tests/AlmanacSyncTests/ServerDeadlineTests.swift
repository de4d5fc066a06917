import AlmanacModel
import AlmanacSync
import AlmanacWire
import Testing

@Suite struct ServerDeadlineTests {
    @Test func theHelloHasToComeWithinItsTime() throws {
        var server = try ServerFixture(opened: ServerFixture.full())
        #expect(server.machine.deadline == server.now.advanced(by: ServerFixture.helloTimeout))
        server.pass(.milliseconds(4_999))
        #expect(server.handle(.tick).isEmpty, "an early tick changes nothing")
        server.pass(.milliseconds(1))
        let actions = server.handle(.tick)
        #expect(actions.first?.sentError?.code == .timedOut)
        #expect(actions.last == .close(.helloTimedOut))
    }

    @Test func nothingIsWaitedForBeforeThePeerIsKnownAndAfterTheEnd() throws {
        var server = try ServerFixture()
        #expect(server.machine.deadline == nil)
        server.handle(.malformed(.badFlags(2)))
        #expect(server.machine.deadline == nil)
    }

    @Test func anIdleConnectionIsClosedInGoodOrder() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.pass(ServerFixture.idleTimeout)
        let actions = server.handle(.tick)
        guard case .send(.goingAway, .connection)? = actions.first else {
            Issue.record("no farewell: \(actions)")
            return
        }
        #expect(actions.last == .close(.idle))
    }

    @Test func whateverIsHeardKeepsItOpen() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        for message in [Message.ping(Ping(content: 1)), .pong(Pong(answering: Ping(content: 2))), .cancel(Cancel())] {
            server.pass(.seconds(100))
            server.receive(message, 5)
            #expect(server.handle(.tick).isEmpty)
        }
        server.pass(.seconds(100))
        server.handle(.receivedUnknown(99, .connection))
        server.pass(.seconds(100))
        #expect(server.handle(.tick).isEmpty)
    }

    @Test func aRequestThatTheServerWorksOnHasNoDeadline() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.receive(.pull(try ServerFixture.pull()), 1)
        #expect(server.machine.deadline == nil)
        server.pass(.seconds(10_000))
        #expect(server.handle(.tick).isEmpty)
    }

    @Test func theIdleTimeBeginsWhenTheLastExchangeEnds() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.receive(.pull(try ServerFixture.pull()), 1)
        server.pass(.seconds(1_000))
        server.handle(.step(ExchangeID(1), .piece(outline: nil, windows: [], end: try ServerFixture.complete())))
        #expect(server.machine.deadline == server.now.advanced(by: ServerFixture.idleTimeout))
    }

    @Test func aReaderThatTakesNothingIsWaitedForLongButNotForEver() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.receive(.pull(try ServerFixture.pull()), 1)
        server.handle(.step(ExchangeID(1), .piece(outline: nil, windows: [try ServerFixture.window()], end: nil)))
        server.handle(.writabilityChanged(false))
        server.pass(ServerFixture.idleTimeout)
        #expect(server.handle(.tick).isEmpty)
        server.pass(ServerFixture.stallTimeout)
        let actions = server.handle(.tick)
        #expect(actions.contains(.endPull(ExchangeID(1))))
        #expect(actions.last == .close(.stalled))
    }

    @Test func threat6_whoDoesNotReadDoesNotStayByTalking() throws {
        var server = try ServerFixture(open: ServerFixture.full())
        server.receive(.pull(try ServerFixture.pull()), 1)
        server.handle(.step(ExchangeID(1), .piece(outline: nil, windows: [try ServerFixture.window()], end: nil)))
        server.handle(.writabilityChanged(false))
        let end = server.now.advanced(by: ServerFixture.stallTimeout)
        for second in 1..<600 as Range<UInt64> {
            server.pass(.seconds(1))
            server.receive(.pong(Pong(answering: Ping(content: second))), 0)
            if second.isMultiple(of: 10) {
                server.receive(.pull(try ServerFixture.pull()), 2)
                server.receive(.cancel(Cancel()), 2)
            }
            #expect(server.machine.deadline == end)
            #expect(server.handle(.tick).isEmpty)
        }
        server.pass(.seconds(1))
        #expect(server.handle(.tick).last == .close(.stalled))
    }
}
