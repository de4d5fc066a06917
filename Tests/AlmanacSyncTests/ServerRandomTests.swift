import TestSupport
import AlmanacModel
import AlmanacSync
import AlmanacWire
import Testing

/// Random events in random order. The environment is faithful: work that was asked for comes back once, at some time; whether the
/// connection is writable is said as the machine asks, and also unasked.
@Suite struct ServerRandomTests {
    @Test(arguments: 0..<400 as Range<UInt64>)
    func invariantsHold(seed: UInt64) throws {
        var world = try ServerWorld(seed: seed)
        for _ in 0..<300 where !world.isClosed { try world.step() }
        if !world.isClosed { try world.finish() }
        #expect(world.problems.isEmpty, "seed \(seed)")
        #expect(world.begun == world.ended, "seed \(seed): pulls that began and did not end, or the other way round")
        #expect(world.owed.isEmpty || world.isClosed, "seed \(seed): requests without an end")
    }

    /// A run in which nothing happens shows nothing.
    @Test func theRunsMeetWhatTheyAreFor() throws {
        var met: Set<String> = []
        for seed in 0..<400 as Range<UInt64> {
            var world = try ServerWorld(seed: seed)
            for _ in 0..<300 where !world.isClosed { try world.step() }
            met.formUnion(world.met)
        }
        #expect(
            met.isSuperset(of: [
                "pull", "piece", "complete", "cancelled while reading", "cancelled while paused", "stalled", "busy", "drained",
                "unknown on open", "refused",
            ]), "\(met)")
    }
}

/// Drives one machine and keeps the books.
private struct ServerWorld {
    private(set) var problems: [String] = []
    private(set) var begun: [ExchangeID: Int] = [:]
    private(set) var ended: [ExchangeID: Int] = [:]
    /// Requests whose last frame has not been sent.
    private(set) var owed: Set<ExchangeID> = []
    private(set) var isClosed = false
    private(set) var met: Set<String> = []

    private var server: ServerFixture
    private var random: SeededGenerator
    private var isWritable = true
    private var reading: Set<ExchangeID> = []
    private var answering: Set<ExchangeID> = []

    /// Whether this client never cancels: then it comes to have much open.
    private let isPatient: Bool

    init(seed: UInt64) throws {
        isPatient = seed.isMultiple(of: 3)
        random = SeededGenerator(seed: seed)
        server = try ServerFixture(open: ServerFixture.full())
    }

    mutating func step() throws {
        server.pass(.milliseconds(Int64(random.next() % 2_000)))
        switch random.next() % 24 {
        case 0...5: try request()
        case 6...9: try answerSomething()
        case 10...12: cancel()
        case 13...15: setWritable(random.next() % 2 == 0)
        case 16: run(.received(.ping(Ping(content: 1)), .connection))
        case 17: unknown()
        case 18: run(.tick)
        case 19...22: try readSomething()
        default: if random.next() % 20 == 0 { met.insert("drained"); run(.drain) }
        }
    }

    /// Everything comes back and everything is read: then nothing is owed.
    mutating func finish() throws {
        for _ in 0..<10_000 where !isClosed && !(owed.isEmpty && reading.isEmpty && answering.isEmpty) {
            setWritable(true)
            try readSomething()
            try answerSomething()
        }
        if !isClosed { run(.drain) }
    }

    // MARK: What the client does

    private mutating func request() throws {
        let exchange = ExchangeID(UInt16(1 + random.next() % 20))
        guard !owed.contains(exchange) else { return }
        owed.insert(exchange)
        met.insert("pull")
        switch random.next() % 8 {
        case 0, 1: run(.received(.chainRequest(ChainRequest()), exchange))
        case 2: run(.received(.push(try Making.push()), exchange))
        default: run(.received(.pull(try ServerFixture.pull()), exchange))
        }
    }

    private mutating func cancel() {
        guard !isPatient, let exchange = owed.sorted().randomElement(using: &random) else { return }
        met.insert(reading.contains(exchange) ? "cancelled while reading" : "cancelled while paused")
        run(.received(.cancel(Cancel()), exchange))
    }

    private mutating func unknown() {
        let exchange = owed.sorted().randomElement(using: &random) ?? ExchangeID(33)
        if owed.contains(exchange) { met.insert("unknown on open") }
        run(.receivedUnknown(99, exchange))
    }

    // MARK: What the world does

    private mutating func setWritable(_ isWritable: Bool) {
        self.isWritable = isWritable
        if !isWritable { met.insert("stalled") }
        run(.writabilityChanged(isWritable))
    }

    private mutating func readSomething() throws {
        guard let exchange = reading.sorted().randomElement(using: &random) else { return }
        reading.remove(exchange)
        switch random.next() % 8 {
        case 0: run(.step(exchange, .refused(ServerFixture.error())))
        case 1...2: run(.step(exchange, .piece(outline: nil, windows: [], end: try ServerFixture.complete())))
        default:
            met.insert("piece")
            run(.step(exchange, .piece(outline: nil, windows: [try ServerFixture.window()], end: nil)))
        }
    }

    private mutating func answerSomething() throws {
        guard let exchange = answering.sorted().randomElement(using: &random) else { return }
        answering.remove(exchange)
        run(.answered(exchange, .delegationChain(try DelegationChainMessage(chain: ServerFixture.chain()))))
    }

    // MARK: The books

    private mutating func run(_ event: ServerMachine.Event) {
        for action in server.handle(event) {
            if isClosed { problems.append("\(action) after the end") }
            note(action)
        }
    }

    private mutating func note(_ action: ServerMachine.Action) {
        switch action {
        case .beginPull(let exchange, _):
            begun[exchange, default: 0] += 1
            startReading(exchange)
        case .readNext(let exchange), .readAgain(let exchange): startReading(exchange)
        case .endPull(let exchange): ended[exchange, default: 0] += 1
        case .delegationChain(let exchange), .push(let exchange, _): answering.insert(exchange)
        case .sendWindow(_, let exchange) where !owed.contains(exchange): problems.append("a window after the end of \(exchange)")
        case .send(let message, let exchange): noteSent(message, exchange)
        case .close: isClosed = true
        case .reportWritability: run(.writabilityChanged(isWritable))
        case .sendWindow, .enrol, .renew: break
        }
    }

    private mutating func startReading(_ exchange: ExchangeID) {
        if !isWritable { problems.append("\(exchange) is read for while nothing is writable") }
        if !reading.isEmpty { problems.append("pieces of \(exchange) and \(reading) at once") }
        reading.insert(exchange)
    }

    private mutating func noteSent(_ message: Message, _ exchange: ExchangeID) {
        if case .complete = message { met.insert("complete") }
        if case .error(let error) = message {
            if error.code == .busy { met.insert("busy") }
            if error.code == .behind { met.insert("refused") }
        }
        guard message.type.isLast, exchange != .connection else { return }
        let isUnasked = if case .error(let error) = message { error.code == .unknownMessage } else { false }
        if owed.remove(exchange) == nil, !isUnasked { problems.append("\(exchange) ended twice") }
    }
}
