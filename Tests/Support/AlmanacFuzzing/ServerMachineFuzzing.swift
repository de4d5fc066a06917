import AlmanacModel
import AlmanacSync
import AlmanacWire

/// A server's machine with a peer that does what it likes, and an owner that does what it is asked to: each piece of work comes
/// back once, at some time.
enum ServerMachineFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        var world = try ServerWorld(Choices(bytes))
        while !world.isOver { try world.step() }
        try world.finish()
    }
}

private struct ServerWorld {
    private var machine: ServerMachine
    private var choices: Choices
    private var now = Instant(clamping: 1_000_000)
    private var books = ServerBooks()
    private var isWritable = true

    init(_ choices: Choices) throws {
        self.choices = choices
        machine = ServerMachine(
            identity: ServerMachine.Identity(
                software: "fuzz/1", dataset: try Samples.dataset(), epoch: Epoch(Samples.epoch), name: "fuzz"))
        // Most of what there is to find lies behind the hellos.
        guard self.choices.flag() else { return }
        try run(.opened(try self.choices.access()))
        try run(.received(.clientHello(try ClientHello(software: "fuzz/1")), .connection))
    }

    var isOver: Bool { choices.isEmpty || books.isClosed }

    mutating func step() throws {
        now = now.advanced(by: .milliseconds(Int64(choices.byte()) * (choices.rarely() ? 10_000 : 10)))
        switch choices.index(below: 16) {
        case 0...5: if let (message, exchange) = try choices.clientMessage() { try run(.received(message, exchange)) }
        case 6...8: try work()
        case 9: try run(.tick)
        case 10, 11: try setWritable(choices.flag())
        case 12: try run(.headMoved)
        case 13: try run(.receivedUnknown(99, ExchangeID(UInt16(choices.byte() & 31))))
        case 14: try run(.opened(try choices.access()))
        default: try seldom()
        }
    }

    /// Then everything comes back and is read: every pull has an end, and every request an answer.
    mutating func finish() throws {
        var rounds = 0
        try run(.drain)
        while !books.isClosed, books.hasWork || !books.open.isEmpty {
            rounds += 1
            try Finding.unless(rounds < 10_000, "the machine does not come to an end: \(books.open)")
            try setWritable(true)
            try work()
        }
        try books.checkEnd()
    }

    private mutating func seldom() throws {
        switch choices.index(below: 8) {
        case 0: try run(.drain)
        case 1: try run(.malformed(.truncated("fuzz")))
        case 2: try run(.refused(.refusal(.notAllowed, "no")))
        default: try run(.tick)
        }
    }

    private mutating func work() throws {
        if let exchange = books.takeReading(choices.byte()) {
            try run(.step(exchange, try piece()))
        } else if let exchange = books.takeAnswering(choices.byte()) {
            let answer = Message.delegationChain(try DelegationChainMessage(chain: try Samples.chain()))
            try run(.answered(exchange, choices.flag() ? answer : .error(.refusal(.internal, "no"))))
        }
    }

    private mutating func piece() throws -> ServerMachine.PullStep {
        let kind = choices.isEmpty ? 4 : choices.index(below: 6)
        let windows = try (0..<kind % 3).map { _ in try Samples.window(.reference, base: 0, head: 9, id: 1) }
        switch kind {
        case 0: return .refused(.refusal(.behind, "no"))
        case 1...3: return .piece(outline: choices.flag() ? try choices.outline() : nil, windows: windows, end: nil)
        default:
            return .piece(outline: choices.flag() ? try choices.outline() : nil, windows: windows, end: try choices.complete())
        }
    }

    private mutating func setWritable(_ isWritable: Bool) throws {
        self.isWritable = isWritable
        try run(.writabilityChanged(isWritable))
    }

    private mutating func run(_ event: ServerMachine.Event) throws {
        let actions = machine.handle(event, now: now)
        try books.note(event)
        for action in actions {
            try books.note(action, isWritable: isWritable)
            if case .reportWritability = action { try run(.writabilityChanged(isWritable)) }
        }
        try Finding.unless(!books.isClosed || machine.deadline == nil, "a deadline after the end")
    }
}
