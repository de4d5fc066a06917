import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire

/// One connection's worth of a push: drives the machine, signs sheets, keeps receipts.
final class PushRun {
    private let outbox: Outbox
    private let clock: @Sendable () -> Instant
    private var judge: CheckpointJudge
    private var sheets: SheetMaker
    private var machine: PushMachine
    /// What waits for a newer delegation chain.
    private var waiting: (hello: ServerHello?, receipts: [Signed<ReceiptSheet>]) = (nil, [])
    private var isOver = false
    private var isGreeted = false
    private(set) var summary = PushSummary.nothing

    init(
        _ outbox: Outbox, dataset: UniqueID, judge: CheckpointJudge, sheets: SheetMaker, clock: @escaping @Sendable () -> Instant
    ) throws {
        self.outbox = outbox
        self.judge = judge
        self.sheets = sheets
        self.clock = clock
        let hello = try ClientHello(software: Software.name, dataset: dataset, checkpoint: judge.highest)
        machine = PushMachine(plan: .init(hello: hello, epoch: judge.highest?.statement.epoch))
    }

    /// Returns when everything that waited is answered, or the server has gone away politely. What is answered stands in ``summary``,
    /// also where this throws.
    func run(on connection: Connection) async throws {
        try handle(.connected, on: connection)
        for await event in connection.events {
            try handle(event.forMachine(), on: connection)
            if isOver { return }
            if case .inbound = event { connection.consumed() }
        }
        throw SessionFailure.disconnected(.cut)
    }

    private func handle(_ event: PushMachine.Event, on connection: Connection) throws {
        for action in machine.handle(event, now: SystemClock.sinceBoot()) { try perform(action, on: connection) }
    }

    private func perform(_ action: PushMachine.Action, on connection: Connection) throws {
        switch action {
        case .send(let message, let exchange): connection.send(message, exchange)
        case .greet(let hello): try greet(hello, on: connection)
        case .supply: try handle(sheets.next().map { .sheet($0) } ?? .nothingLeft, on: connection)
        case .accept(let receipts): try accept(receipts, on: connection)
        case .adopt(let chain): try adopt(chain, on: connection)
        case .fail(let failure):
            if !isGreeted, let shutOut = ShutOut(inPlaceOfHello: failure) { throw shutOut }
            throw failure
        case .close: isOver = true
        }
    }

    private func greet(_ hello: ServerHello, on connection: Connection) throws {
        isGreeted = true
        if let checkpoint = hello.access.checkpoint {
            guard try judge.judge(checkpoint) == .believed else {
                waiting.hello = hello
                return try handle(.chainNeeded, on: connection)
            }
            guard checkpoint.statement.epoch == hello.epoch else {
                throw SessionFailure.protocolViolation("a hello of another epoch than its checkpoint")
            }
            try outbox.reopen(before: hello.epoch)
        }
        try handle(.greeted, on: connection)
    }

    private func accept(_ receipts: Signed<ReceiptSheet>, on connection: Connection) throws {
        guard try judge.judge(receipts) == .believed else {
            waiting.receipts.append(receipts)
            return try handle(.chainNeeded, on: connection)
        }
        // A clock that is years behind must not make receipts look old.
        let now = max(clock(), judge.highest?.statement.time ?? Instant(clamping: .min))
        summary.add(try outbox.store(receipts, now: now))
        try handle(.stored, on: connection)
    }

    /// One newer chain is asked for; what it does not explain is not believed.
    private func adopt(_ chain: DelegationChain, on connection: Connection) throws {
        try judge.adopt(chain)
        let (hello, receipts) = waiting
        waiting = (nil, [])
        if let hello {
            if let checkpoint = hello.access.checkpoint, try judge.judge(checkpoint) == .chainNeeded {
                throw CheckpointVerifier.Refusal.unknownDelegation(checkpoint.statement.delegation)
            }
            try greet(hello, on: connection)
        }
        for sheet in receipts {
            guard try judge.judge(sheet) == .believed else {
                throw ReceiptVerifier.Refusal.unknownDelegation(sheet.statement.delegation)
            }
            try accept(sheet, on: connection)
        }
    }
}
