import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire
import NIOCore

/// One connection's worth of a sync: drives the machine, keeps windows in the spool, gives each verified completion.
final class PullRun {
    let context: Context
    private let settings: ContextSettings
    private var start: PullStart
    private let follows: Bool
    private let budget: TransferBudget
    private let spoolPath: String
    let report: @Sendable (SyncProgress) -> Void
    var judge: CheckpointJudge
    var machine: ClientMachine
    private(set) var spool: Spool?
    private var serverEpoch: Epoch?
    var waiting: Waiting?
    var outcome: Outcome?
    private var events: AsyncStream<ConnectionEvent>.Iterator?
    private var received: (entries: UInt64, bytes: ByteCount) = (0, .zero)
    private var announced: UInt64 = 0
    /// What the server has shown of itself so far.
    private(set) var server = Server.endsPulls

    /// What waits for a newer delegation chain.
    enum Waiting {
        case hello(Signed<Checkpoint>)
        case end(Complete, [StreamName], isLast: Bool)
    }

    /// The subscription has changed while the pull was followed: another pull has to be made.
    struct SubscriptionChanged: Error {}

    /// Why a server has ended a pull that was to go on.
    enum Server {
        /// It is about to stop: it, or another in its place, can be followed again soon.
        case isLeaving
        /// It does not know how to follow: it has to be asked again from time to time.
        case endsPulls
    }

    /// What has been received whole, and is the authority's.
    enum Outcome {
        /// There is nothing more to come.
        case complete(VerifiedCompletion)
        /// More follows once this is applied: ``applied(_:on:)``, then ``next(on:)``.
        case reached(VerifiedCompletion)
    }

    init(
        _ context: Context, start: PullStart, judge: CheckpointJudge, follows: Bool = false,
        budget: TransferBudget = TransferBudget(nil),
        report: @escaping @Sendable (SyncProgress) -> Void
    ) throws {
        self.context = context
        self.follows = follows
        self.budget = budget
        settings = context.settings
        spoolPath = context.paths.spool
        self.start = start
        self.judge = judge
        self.report = report
        if let key = Spool.key(at: spoolPath), start.fits(key, dataset: settings.dataset) {
            spool = try Spool(path: spoolPath, key: key)
        }
        let hello = try ClientHello(software: Software.name, dataset: settings.dataset, checkpoint: judge.highest)
        let pull = try start.request(after: spool, follows: follows)
        machine = ClientMachine(plan: .init(hello: hello, pull: pull, epoch: judge.highest?.statement.epoch))
    }

    /// Throws a ``SessionFailure``, a refusal of what the server shows, a ``Misfit``, or what the disk says.
    func next(on connection: Connection) async throws -> Outcome {
        try begin(on: connection)
        while let event = await nextEvent() {
            notice(event)
            try perform(machine.handle(event.forMachine(), now: SystemClock.sinceBoot()), on: connection)
            if let outcome { return outcome }
            if case .tick = event { try requireSubscription() }
            if case .inbound = event { connection.consumed() }
        }
        throw SessionFailure.disconnected(.cut)
    }

    /// What was reached is in the replica, whose state is now this; what comes next is based on it.
    func applied(_ state: ReplicaState, on connection: Connection) throws {
        start = PullStart(state, start.subscription)
        spool = nil
        received = (0, .zero)
        outcome = nil
        try perform(machine.handle(.concluded, now: SystemClock.sinceBoot()), on: connection)
        connection.consumed()
    }

    /// A server that has said `reached` knows how to follow; one that says goodbye may.
    private func notice(_ event: ConnectionEvent) {
        switch event {
        case .inbound(.message(.goingAway, _)), .inbound(.message(.reached, _)): server = .isLeaving
        default: break
        }
    }

    private func requireSubscription() throws {
        if follows, try context.storedSubscription() != start.subscription { throw SubscriptionChanged() }
    }

    /// The streams that the replica is to lose with what is received.
    var leaving: [StreamName] { start.leaving }

    private func begin(on connection: Connection) throws {
        guard events == nil else { return }
        events = connection.events.makeAsyncIterator()
        if let spool, spool.windowCount > 0 { report(.resuming(windows: spool.windowCount)) }
        try perform(machine.handle(.connected, now: SystemClock.sinceBoot()), on: connection)
    }

    /// The iterator is a value: it must not be copied while it waits.
    private func nextEvent() async -> ConnectionEvent? {
        guard var iterator = events else { return nil }
        let event = await iterator.next(isolation: #isolation)
        events = iterator
        return event
    }

    // MARK: Actions

    func perform(_ actions: [ClientMachine.Action], on connection: Connection) throws {
        for action in actions { try perform(action, on: connection) }
    }

    private func perform(_ action: ClientMachine.Action, on connection: Connection) throws {
        switch action {
        case .send(let message, let exchange): connection.send(message, exchange)
        case .greet(let hello): try greet(hello, on: connection)
        case .announce(let outline): announce(outline)
        case .store(let window): try store(window, on: connection)
        case .complete(let complete, let streams): try conclude(complete, streams, isLast: true, on: connection)
        case .reached(let complete, let streams): try conclude(complete, streams, isLast: false, on: connection)
        case .adopt(let chain): try adopt(chain, on: connection)
        case .fail(let failure):
            if serverEpoch == nil, let shutOut = ShutOut(inPlaceOfHello: failure) { throw shutOut }
            throw start.misfit(of: failure) ?? failure
        case .close: break
        }
    }

    private func greet(_ hello: ServerHello, on connection: Connection) throws {
        serverEpoch = hello.epoch
        if let checkpoint = hello.access.checkpoint, try judge.judge(checkpoint) == .chainNeeded {
            try ask(for: .hello(checkpoint), on: connection)
        }
        noteRole(of: hello)
        let known = start.base?.epoch ?? spool?.key.epoch ?? hello.epoch
        guard known == hello.epoch else { throw Misfit.otherEpoch }
    }

    /// Where the settings cannot be changed now, the next connection says it again.
    private func noteRole(of hello: ServerHello) {
        guard let role = hello.role, (try? context.note(role)) == true else { return }
        report(.roleChanged(role))
    }

    private func announce(_ outline: Outline) {
        let entries = outline.entries.reduce(0) { $0 + $1.remaining }
        announced = received.entries + entries
        report(.announced(entries: announced))
    }

    private func store(_ message: WindowMessage, on connection: Connection) throws {
        let window: Window
        do {
            window = try message.decode()
        } catch {
            return try perform(machine.handle(.malformed(error), now: SystemClock.sinceBoot()), on: connection)
        }
        try perform(machine.counted(window.changes.count, in: window.stream), on: connection)
        try openSpool().append(Array(message.payload.readableBytesView), of: window)
        received.entries += UInt64(window.changes.count)
        received.bytes += ByteCount(message.payload.readableBytes)
        report(.received(entries: received.entries, received.bytes))
        budget.use(ByteCount(message.payload.readableBytes))
        if budget.isUsedUp, received.entries < announced { try stop(on: connection) }
    }

    /// The server is told, so that it reads nothing more for nobody.
    private func stop(on connection: Connection) throws {
        for case .send(let message, let exchange) in machine.handle(.interrupted, now: SystemClock.sinceBoot()) {
            connection.send(message, exchange)
        }
        throw BudgetReached(fetched: budget.used, received: received.entries, announced: announced, cursor: start.base)
    }

    private func openSpool() throws -> Spool {
        if let spool { return spool }
        let key = start.key(dataset: settings.dataset, serverEpoch: serverEpoch ?? Epoch(0))
        let opened = try Spool(path: spoolPath, key: key)
        spool = opened
        return opened
    }
}
