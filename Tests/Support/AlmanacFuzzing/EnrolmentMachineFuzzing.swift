import AlmanacModel
import AlmanacSync
import AlmanacWire

/// A machine that enrols, with a server that does what it likes: the secret leaves only after the authority has been checked
/// (row 16 of what must not happen).
enum EnrolmentMachineFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        var world = try EnrolmentWorld(Choices(bytes))
        while !world.isOver { try world.step() }
    }
}

private struct EnrolmentWorld {
    private var machine: EnrolmentMachine
    private var choices: Choices
    private var now = Instant(clamping: 1_000_000)
    private var isClosed = false
    private var hasFailed = false
    private var isCheckAsked = false
    private var isChecked = false
    private var isSecretSent = false

    init(_ choices: Choices) throws {
        self.choices = choices
        machine = EnrolmentMachine(
            plan: EnrolmentMachine.Plan(
                hello: try ClientHello(software: "fuzz/1"),
                request: try Enrol(secret: try Samples.secret(), request: [1], deviceName: "laptop")))
    }

    var isOver: Bool { choices.isEmpty || isClosed }

    mutating func step() throws {
        now = now.advanced(by: .milliseconds(Int64(choices.byte()) * (choices.rarely() ? 10_000 : 10)))
        switch choices.index(below: 12) {
        case 0...5: if let (message, exchange) = try choices.serverMessage() { try run(.received(message, exchange)) }
        case 6, 7: try run(.connected)
        case 8: if isCheckAsked { try check() }
        case 9: try run(.receivedUnknown(99, ExchangeID(UInt16(choices.byte() & 3))))
        case 10: try run(.tick)
        default: try run(choices.rarely() ? .interrupted : choices.rarely() ? .malformed(.truncated("fuzz")) : .tick)
        }
    }

    private mutating func check() throws {
        isChecked = true
        try run(.authorityChecked)
    }

    private mutating func run(_ event: EnrolmentMachine.Event) throws {
        for action in machine.handle(event, now: now) { try note(action) }
        try Finding.unless(!isClosed || machine.deadline == nil, "a deadline after the end")
    }

    private mutating func note(_ action: EnrolmentMachine.Action) throws {
        try Finding.unless(!isClosed, "\(action) after the end")
        switch action {
        case .send(.enrol, _):
            try Finding.unless(isChecked && !isSecretSent, "the secret leaves before the authority is checked, or twice")
            isSecretSent = true
        case .send(let message, let exchange):
            try Finding.unless(message.type.isSent(by: .client), "a client sends \(message.type.name)")
            try Finding.unless(message.type.belongs(to: exchange), "\(message.type.name) on \(exchange)")
        case .checkAuthority: isCheckAsked = true
        case .accept: try Finding.unless(isSecretSent && !hasFailed, "a certificate that nobody asked for")
        case .fail: hasFailed = true
        case .close: isClosed = true
        }
    }
}
