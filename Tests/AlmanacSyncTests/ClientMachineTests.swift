import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacSync

/// The client's pull, event by event.
struct ClientMachineTests {
    private typealias Event = ClientMachine.Event

    private static func machine(base: UInt64 = 0, epoch: UInt64? = nil) throws -> ClientMachine {
        let streams = [StreamBase(stream: .reference, base: Making.sequence(base), position: .start)]
        let pull = try PullRequest(
            epoch: Epoch(base == 0 ? 0 : 5), highestHead: Making.sequence(base), streams: base == 0 ? [] : streams,
            patterns: [.all])
        let hello = try ClientHello(software: "almanac/test", dataset: try Making.dataset)
        return ClientMachine(plan: .init(hello: hello, pull: pull, epoch: epoch.map(Epoch.init)))
    }

    /// After hello and outline: two records of `rankings` are announced.
    private static func pulling() throws -> ClientMachine {
        var machine = try machine()
        _ = machine.handle(.connected, now: Making.now)
        _ = machine.handle(.received(try Making.hello(), Making.connection), now: Making.now)
        let outline = try Making.outline(9, [("rankings", 2), ("reference", 0)])
        #expect(Sketch.of(machine.handle(.received(outline, Making.pull), now: Making.now)) == ["announce"])
        return machine
    }

    @Test func helloAndPullGoOutTogether() throws {
        var machine = try Self.machine()
        let actions = machine.handle(.connected, now: Making.now)
        #expect(Sketch.of(actions) == ["send client_hello on 0", "send pull on 1"])
        #expect(machine.handle(.connected, now: Making.now).isEmpty)
    }

    @Test func aWholePullEndsWithTheOwnersVerdict() throws {
        var machine = try Self.pulling()
        let window = try Making.window("rankings", base: 0, head: 9, ids: 1...2)
        #expect(Sketch.of(machine.handle(.received(.window(window), Making.pull), now: Making.now)) == ["store"])
        #expect(machine.counted(2, in: try Making.rankings).isEmpty)
        let end = machine.handle(.received(try Making.complete(9, proofs: 2), Making.pull), now: Making.now)
        #expect(Sketch.of(end) == ["complete rankings reference"])
        #expect(Sketch.of(machine.handle(.concluded, now: Making.now)) == ["close"])
        #expect(machine.handle(.disconnected(.cut), now: Making.now).isEmpty)
        #expect(machine.deadline == nil)
    }

    @Test func aNewerChainIsAskedForOnItsOwnExchange() throws {
        var machine = try Self.pulling()
        #expect(Sketch.of(machine.handle(.chainNeeded, now: Making.now)) == ["send chain_request on 2"])
        #expect(machine.handle(.chainNeeded, now: Making.now).isEmpty)
        let answer = Message.delegationChain(try DelegationChainMessage(chain: Making.chain()))
        #expect(Sketch.of(machine.handle(.received(answer, ExchangeID(2)), now: Making.now)) == ["adopt"])
        #expect(
            Sketch.of(machine.handle(.received(answer, ExchangeID(2)), now: Making.now))
                == ["fail: a delegation chain that nobody asked for", "close"])
    }

    @Test func aChainCanBeAskedForAfterTheEnd() throws {
        var machine = try Self.pulling()
        _ = machine.handle(.received(try Making.complete(9, proofs: 2), Making.pull), now: Making.now)
        #expect(Sketch.of(machine.handle(.chainNeeded, now: Making.now)) == ["send chain_request on 2"])
    }

    // MARK: What a server must not do

    @Test(arguments: [
        "hello", "outline on 2", "outline back", "outline short", "window before outline", "window of unknown", "window again",
        "window back", "complete short", "complete early", "second end", "chain", "client message", "error on 9",
    ])
    func violationsEndThePull(_ name: String) throws {
        var machine = try Self.pulling()
        let window = try Making.window("rankings", base: 0, head: 9, ids: 1...2)
        let old = try Making.window("rankings", base: 0, head: 8, ids: 1...2)
        let foreign = try Making.window("other", base: 0, head: 9, ids: 1...2)
        let events: [String: [(Message, ExchangeID)]] = [
            "hello": [(try Making.hello(), Making.connection)],
            "outline on 2": [(try Making.outline(9, [("rankings", 2), ("reference", 0)]), ExchangeID(2))],
            "outline back": [(try Making.outline(8, [("rankings", 2), ("reference", 0)]), Making.pull)],
            "outline short": [(try Making.outline(9, [("reference", 0)]), Making.pull)],
            "window before outline": [(.window(foreign), Making.pull)],
            "window of unknown": [(.window(foreign), Making.pull)],
            "window again": [(.window(window), Making.pull), (.window(window), Making.pull)],
            "window back": [(.window(old), Making.pull)],
            "complete short": [(try Making.complete(9, proofs: 1), Making.pull)],
            "complete early": [(try Making.complete(8, proofs: 2), Making.pull)],
            "second end": [(try Making.complete(9, proofs: 2), Making.pull), (try Making.complete(9, proofs: 2), Making.pull)],
            "chain": [(.delegationChain(try DelegationChainMessage(chain: Making.chain())), ExchangeID(2))],
            "client message": [(.cancel(Cancel()), Making.pull)],
            "error on 9": [(Making.error(.internal), ExchangeID(9))],
        ]
        var last: [ClientMachine.Action] = []
        for (message, exchange) in try #require(events[name]) {
            last = machine.handle(.received(message, exchange), now: Making.now)
        }
        let failure = Sketch.failure(last)
        guard case .protocolViolation = failure else { return #expect(Bool(false), "\(name): \(String(describing: failure))") }
        #expect(machine.handle(.received(try Making.complete(9, proofs: 2), Making.pull), now: Making.now).isEmpty)
    }

    @Test func answersBeforeTheHelloAreViolations() throws {
        for message in [try Making.outline(9, [("reference", 0)]), try Making.complete(9, proofs: 1)] {
            var machine = try Self.machine()
            _ = machine.handle(.connected, now: Making.now)
            let failure = Sketch.failure(machine.handle(.received(message, Making.pull), now: Making.now))
            #expect(failure == .protocolViolation("an answer before the hello"))
        }
    }

    @Test func threats12MoreThanWasAnnouncedIsRefused() throws {
        var machine = try Self.pulling()
        #expect(machine.counted(2, in: try Making.rankings).isEmpty)
        #expect(
            Sketch.failure(machine.counted(1, in: try Making.rankings))
                == .protocolViolation("more entries of rankings than were announced"))
    }

    @Test func aStreamThatNoPatternMatchesIsRefused() throws {
        let hello = try ClientHello(software: "almanac/test")
        let pull = try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.exactly(try Making.rankings)])
        var machine = ClientMachine(plan: .init(hello: hello, pull: pull, epoch: nil))
        _ = machine.handle(.connected, now: Making.now)
        _ = machine.handle(.received(try Making.hello(), Making.connection), now: Making.now)
        let outline = try Making.outline(9, [("other", 1), ("reference", 0)])
        #expect(
            Sketch.failure(machine.handle(.received(outline, Making.pull), now: Making.now))
                == .protocolViolation("the outline names other, which was not asked for"))
    }

    // MARK: Hello

    @Test func helloIsJudged() throws {
        let other = try Making.uniqueID(8)
        let newer = try ProtocolVersions(lowest: 2, highest: 3)
        let cases: [(Message, SessionFailure)] = [
            (try Making.hello(dataset: other), .wrongDataset(found: other, expected: try Making.dataset)),
            (try Making.hello(versions: newer), .noCommonVersion(server: newer)),
            (try Making.hello(epoch: 4), .olderEpoch(found: Epoch(4), known: Epoch(5))),
            (try Making.hello(.enrol(Making.chain())), .accessLimited(.enrol)),
            (try Making.hello(.renew(Making.chain())), .accessLimited(.renew)),
        ]
        for (hello, failure) in cases {
            var machine = try Self.machine(epoch: 5)
            _ = machine.handle(.connected, now: Making.now)
            #expect(Sketch.failure(machine.handle(.received(hello, Making.connection), now: Making.now)) == failure)
        }
    }

    // MARK: Ends

    @Test func malformedBytesAreAnsweredBeforeTheEnd() throws {
        var machine = try Self.pulling()
        let error = WireError.truncated("window")
        let actions = machine.handle(.malformed(error), now: Making.now)
        #expect(Sketch.of(actions) == ["send error on 0", "fail: \(error)", "close"])
    }

    @Test func unknownTypesAreAnsweredAndThePullGoesOn() throws {
        var machine = try Self.pulling()
        #expect(Sketch.of(machine.handle(.receivedUnknown(99, ExchangeID(4)), now: Making.now)) == ["send error on 4"])
        let window = try Making.window("rankings", base: 0, head: 9, ids: 1...2)
        #expect(Sketch.of(machine.handle(.received(.window(window), Making.pull), now: Making.now)) == ["store"])
    }

    @Test func interruptionCancelsThePull() throws {
        var machine = try Self.pulling()
        let actions = machine.handle(.interrupted, now: Making.now)
        #expect(Sketch.of(actions) == ["send cancel on 1", "fail", "close"])
        #expect(Sketch.failure(actions) == .interrupted)
    }

    @Test func silenceIsNoticedByTheDeadlineAlone() throws {
        var machine = try Self.pulling()
        let deadline = try #require(machine.deadline)
        #expect(machine.handle(.tick, now: Instant(clamping: deadline.milliseconds - 1)).isEmpty)
        #expect(Sketch.failure(machine.handle(.tick, now: deadline)) == .silent)
    }

    @Test func aServerThatGoesAwayFinishesWhatIsOpen() throws {
        var machine = try Self.pulling()
        let farewell = Message.goingAway(try GoingAway(sentence: "restart"))
        #expect(machine.handle(.received(farewell, Making.connection), now: Making.now).isEmpty)
        #expect(Sketch.failure(machine.handle(.disconnected(.closed), now: Making.now)) == .disconnected(.closed))
    }
}
