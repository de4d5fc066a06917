import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire
import NIOCore

/// One connection's worth of a sync: drives the machine, keeps windows in the spool, ends with a verified completion.
final class PullRun {
    private let settings: ContextSettings
    private let start: PullStart
    private let spoolPath: String
    private let clock: @Sendable () -> Instant
    private let report: @Sendable (SyncProgress) -> Void
    private var judge: CheckpointJudge
    private var machine: ClientMachine
    private(set) var spool: Spool?
    private var serverEpoch: Epoch?
    private var waiting: Waiting?
    private var completion: VerifiedCompletion?
    private var received: (entries: UInt64, bytes: ByteCount) = (0, .zero)

    /// What waits for a newer delegation chain.
    private enum Waiting {
        case hello(Signed<Checkpoint>)
        case end(Complete, [StreamName])
    }

    init(
        _ context: Context, start: PullStart, judge: CheckpointJudge, clock: @escaping @Sendable () -> Instant,
        report: @escaping @Sendable (SyncProgress) -> Void
    ) throws {
        settings = context.settings
        spoolPath = context.paths.spool
        self.start = start
        self.judge = judge
        self.clock = clock
        self.report = report
        if let key = Spool.key(at: spoolPath), start.fits(key, dataset: settings.dataset) {
            spool = try Spool(path: spoolPath, key: key)
        }
        let hello = try ClientHello(software: Software.name, dataset: settings.dataset, checkpoint: judge.highest)
        let pull = try start.request(after: spool)
        machine = ClientMachine(plan: .init(hello: hello, pull: pull, epoch: judge.highest?.statement.epoch))
    }

    /// Throws a ``SessionFailure``, a refusal of what the server shows, a ``Misfit``, or what the disk says.
    func run(on connection: Connection) async throws -> VerifiedCompletion {
        if let spool, spool.windowCount > 0 { report(.resuming(windows: spool.windowCount)) }
        try perform(machine.handle(.connected, now: clock()), on: connection)
        for await event in connection.events {
            try perform(machine.handle(Self.event(event), now: clock()), on: connection)
            if let completion { return completion }
            if case .inbound = event { connection.consumed() }
        }
        throw SessionFailure.disconnected(.cut)
    }

    private static func event(_ event: ConnectionEvent) throws -> ClientMachine.Event {
        switch event {
        case .inbound(.message(let message, let exchange)): .received(message, exchange)
        case .inbound(.unknown(let type, let exchange)): .receivedUnknown(type, exchange)
        case .inbound(.malformed(let error)): .malformed(error)
        case .failed(TLSError.truncated): .disconnected(.cut)
        case .failed(let error): throw error
        case .closed: .disconnected(.closed)
        case .tick: .tick
        case .interrupted: .interrupted
        }
    }

    // MARK: Actions

    private func perform(_ actions: [ClientMachine.Action], on connection: Connection) throws {
        for action in actions { try perform(action, on: connection) }
    }

    private func perform(_ action: ClientMachine.Action, on connection: Connection) throws {
        switch action {
        case .send(let message, let exchange): connection.send(message, exchange)
        case .greet(let hello): try greet(hello, on: connection)
        case .announce(let outline): announce(outline)
        case .store(let window): try store(window, on: connection)
        case .complete(let complete, let streams): try conclude(complete, streams, on: connection)
        case .adopt(let chain): try adopt(chain, on: connection)
        case .fail(let failure): throw error(failure)
        case .close: break
        }
    }

    /// What the server answers where only a full copy helps.
    private func error(_ failure: SessionFailure) -> any Error {
        guard start.base != nil, case .refused(let error) = failure else { return failure }
        switch error.code {
        case .baseTooOld: return Misfit.baseTooOld
        case .epochMismatch: return Misfit.otherEpoch
        default: return failure
        }
    }

    private func greet(_ hello: ServerHello, on connection: Connection) throws {
        serverEpoch = hello.epoch
        if let checkpoint = hello.access.checkpoint, try judge.judge(checkpoint) == .chainNeeded {
            try ask(for: .hello(checkpoint), on: connection)
        }
        let known = start.base?.epoch ?? spool?.key.epoch ?? hello.epoch
        guard known == hello.epoch else { throw Misfit.otherEpoch }
    }

    private func announce(_ outline: Outline) {
        let entries = outline.entries.reduce(0) { $0 + $1.remaining }
        report(.announced(entries: received.entries + entries))
    }

    private func store(_ message: WindowMessage, on connection: Connection) throws {
        let window: Window
        do {
            window = try message.decode()
        } catch {
            return try perform(machine.handle(.malformed(error), now: clock()), on: connection)
        }
        try perform(machine.counted(window.changes.count, in: window.stream), on: connection)
        try openSpool().append(Array(message.payload.readableBytesView), of: window)
        received.entries += UInt64(window.changes.count)
        received.bytes += ByteCount(message.payload.readableBytes)
        report(.received(entries: received.entries, received.bytes))
    }

    private func openSpool() throws -> Spool {
        if let spool { return spool }
        let key = start.key(dataset: settings.dataset, serverEpoch: serverEpoch ?? Epoch(0))
        let opened = try Spool(path: spoolPath, key: key)
        spool = opened
        return opened
    }

    // MARK: Judging

    private func conclude(_ complete: Complete, _ streams: [StreamName], on connection: Connection) throws {
        guard let completion = try judge.judge(complete, of: streams) else {
            return try ask(for: .end(complete, streams), on: connection)
        }
        self.completion = completion
        try perform(machine.handle(.concluded, now: clock()), on: connection)
    }

    /// One newer chain is asked for; a checkpoint that it does not explain is not believed.
    private func ask(for waiting: Waiting, on connection: Connection) throws {
        self.waiting = waiting
        try perform(machine.handle(.chainNeeded, now: clock()), on: connection)
    }

    private func adopt(_ chain: DelegationChain, on connection: Connection) throws {
        try judge.adopt(chain)
        report(.keysRenewed)
        guard let waiting else { return }
        self.waiting = nil
        switch waiting {
        case .hello(let checkpoint): guard try judge.judge(checkpoint) == .believed else { throw Self.unknown(checkpoint) }
        case .end(let complete, let streams):
            guard let completion = try judge.judge(complete, of: streams) else { throw Self.unknown(complete.checkpoint) }
            self.completion = completion
            try perform(machine.handle(.concluded, now: clock()), on: connection)
        }
    }

    private static func unknown(_ checkpoint: Signed<Checkpoint>) -> CheckpointVerifier.Refusal {
        .unknownDelegation(checkpoint.statement.delegation)
    }
}
