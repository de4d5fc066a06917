import AlmanacModel
import AlmanacSync
import AlmanacWire

/// What a server's machine has been asked and has asked for.
struct ServerBooks {
    private(set) var isClosed = false
    /// Requests that the machine has taken up and not ended.
    private(set) var open: Set<ExchangeID> = []
    private var pulls: Set<ExchangeID> = []
    private var reading: Set<ExchangeID> = []
    private var answering: Set<ExchangeID> = []
    private var waiting: Set<ExchangeID> = []

    var hasWork: Bool { !reading.isEmpty || !answering.isEmpty }

    mutating func takeReading(_ byte: UInt8) -> ExchangeID? { Self.take(byte, of: &reading) }

    mutating func takeAnswering(_ byte: UInt8) -> ExchangeID? { Self.take(byte, of: &answering) }

    /// What the peer asks for; whether it is taken up shows by what follows.
    mutating func note(_ event: ServerMachine.Event) throws {
        if case .received(.pull, let exchange) = event, exchange != .connection { waiting.insert(exchange) }
    }

    mutating func note(_ action: ServerMachine.Action, isWritable: Bool) throws {
        try Finding.unless(!isClosed, "\(action) after the end")
        switch action {
        case .beginPull(let exchange, _):
            try Finding.unless(waiting.remove(exchange) != nil, "a pull on \(exchange) that nobody asked for")
            try Finding.unless(pulls.insert(exchange).inserted, "two pulls on \(exchange)")
            try begin(exchange)
            try read(exchange, isWritable)
        case .readNext(let exchange), .readAgain(let exchange):
            try Finding.unless(pulls.contains(exchange), "a piece of \(exchange), which is no pull")
            try read(exchange, isWritable)
        case .endPull(let exchange):
            try Finding.unless(pulls.remove(exchange) != nil, "an end of \(exchange), which is no pull")
            open.remove(exchange)
        case .sendWindow(_, let exchange):
            try Finding.unless(pulls.contains(exchange), "a window on \(exchange), which is no pull")
        case .enrol(let exchange, _), .renew(let exchange, _), .push(let exchange, _), .delegationChain(let exchange):
            try begin(exchange)
            try Finding.unless(answering.insert(exchange).inserted, "two answers on \(exchange)")
        case .send(let message, let exchange): try noteSent(message, exchange)
        case .close: isClosed = true
        case .reportWritability: break
        }
    }

    func checkEnd() throws {
        try Finding.unless(pulls.isEmpty, "pulls that do not end: \(pulls)")
        try Finding.unless(isClosed || open.isEmpty, "requests without an answer: \(open)")
    }

    private mutating func begin(_ exchange: ExchangeID) throws {
        try Finding.unless(open.insert(exchange).inserted, "\(exchange) is in use")
        try Finding.unless(open.count <= Caps.openExchanges, "\(open.count) exchanges are open")
    }

    private mutating func read(_ exchange: ExchangeID, _ isWritable: Bool) throws {
        try Finding.unless(isWritable, "\(exchange) is read for while nothing is writable")
        try Finding.unless(reading.insert(exchange).inserted, "two pieces of \(exchange) at once")
    }

    private mutating func noteSent(_ message: Message, _ exchange: ExchangeID) throws {
        try Finding.unless(message.type.isSent(by: .server), "a server sends \(message.type.name)")
        try Finding.unless(message.type.belongs(to: exchange), "\(message.type.name) on \(exchange)")
        switch message {
        case .outline, .reached: try Finding.unless(pulls.contains(exchange), "\(message.type.name) on \(exchange)")
        case .error where !reading.contains(exchange) && !answering.contains(exchange): open.remove(exchange)
        case .enrolled, .delegationChain, .complete: open.remove(exchange)
        default: break
        }
    }

    private static func take(_ byte: UInt8, of exchanges: inout Set<ExchangeID>) -> ExchangeID? {
        guard !exchanges.isEmpty else { return nil }
        return exchanges.remove(exchanges.sorted()[Int(byte) % exchanges.count])
    }
}
