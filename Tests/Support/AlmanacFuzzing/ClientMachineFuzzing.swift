import AlmanacModel
import AlmanacSync
import AlmanacWire

/// A client's machine with a server that does what it likes, and an owner that answers as the machine asks.
enum ClientMachineFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        var world = try ClientWorld(Choices(bytes))
        while !world.isOver { try world.step() }
        try world.finish()
    }
}

private struct ClientWorld {
    private var machine: ClientMachine
    private var choices: Choices
    private var now = Instant(clamping: 1_000_000)
    private var books: ClientBooks

    init(_ choices: Choices) throws {
        var choices = choices
        let pull = try choices.pull()
        let hello = try ClientHello(software: "fuzz/1", dataset: choices.flag() ? try Samples.dataset() : nil)
        machine = ClientMachine(
            plan: ClientMachine.Plan(hello: hello, pull: pull, epoch: choices.flag() ? Epoch(Samples.epoch) : nil))
        books = ClientBooks(pull)
        self.choices = choices
        guard self.choices.flag() else { return }
        let server = try ServerHello(
            software: "fuzz/1", dataset: try Samples.dataset(), epoch: Epoch(Samples.epoch), name: "fuzz",
            access: .full(try Samples.checkpoint(9)))
        try run(.connected)
        try run(.received(.serverHello(server), .connection))
    }

    var isOver: Bool { choices.isEmpty || books.isOver }

    mutating func step() throws {
        now = now.advanced(by: .milliseconds(Int64(choices.byte()) * (choices.rarely() ? 10_000 : 10)))
        switch choices.index(below: 16) {
        case 0...8: if let (message, exchange) = try choices.serverMessage() { try run(.received(message, exchange)) }
        case 9, 10: if books.isJudging { try run(.concluded) }
        case 11: try run(.chainNeeded)
        case 12: try run(.tick)
        case 13: try run(.receivedUnknown(99, ExchangeID(UInt16(choices.byte() & 3))))
        case 14: try run(.connected)
        default: try seldom()
        }
    }

    /// A server that says nothing any more does not keep a client for ever.
    mutating func finish() throws {
        try run(.connected)
        var rounds = 0
        while !books.isOver {
            rounds += 1
            try Finding.unless(rounds < 10, "silence does not end the session")
            guard let deadline = machine.deadline else { throw Finding("nothing would end the session") }
            now = max(now, deadline)
            try run(.tick)
        }
        try Finding.unless(machine.deadline == nil, "a deadline after the end")
    }

    private mutating func seldom() throws {
        switch choices.index(below: 8) {
        case 0: try run(.interrupted)
        case 1: try run(.malformed(.truncated("fuzz")))
        case 2: try run(.disconnected(choices.flag() ? .closed : .cut))
        default: try run(.tick)
        }
    }

    private mutating func run(_ event: ClientMachine.Event) throws {
        if case .concluded = event { books.conclude() }
        try take(machine.handle(event, now: now))
    }

    private mutating func take(_ actions: [ClientMachine.Action]) throws {
        for action in actions {
            try books.note(action)
            guard case .store(let message) = action else { continue }
            let entries = try message.decode().changes.count
            try take(machine.counted(entries, in: message.header.stream))
            if !books.isOver { try books.count(entries, in: message.header.stream) }
        }
    }
}
