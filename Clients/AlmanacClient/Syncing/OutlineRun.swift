import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire

/// A pull that ends with its outline: how much there is, without any of it being kept.
final class OutlineRun {
    private let start: PullStart
    private var judge: CheckpointJudge
    private var machine: ClientMachine
    private var shown: Signed<Checkpoint>?
    private var outline: Outline?

    init(
        _ context: Context, start: PullStart, request: PullRequest, judge: CheckpointJudge
    ) throws {
        self.start = start
        self.judge = judge
        let hello = try ClientHello(software: Software.name, dataset: context.settings.dataset, checkpoint: judge.highest)
        machine = ClientMachine(plan: .init(hello: hello, pull: request, epoch: judge.highest?.statement.epoch))
    }

    /// Nothing in an outline is signed: it is what the server says.
    func run(on connection: Connection) async throws -> Outline {
        try perform(machine.handle(.connected, now: SystemClock.sinceBoot()), on: connection)
        for await event in connection.events {
            try perform(machine.handle(event.forMachine(), now: SystemClock.sinceBoot()), on: connection)
            if let outline, shown == nil {
                cancel(on: connection)
                return outline
            }
            if case .inbound = event { connection.consumed() }
        }
        throw SessionFailure.disconnected(.cut)
    }

    private func cancel(on connection: Connection) {
        for case .send(let message, let exchange) in machine.handle(.interrupted, now: SystemClock.sinceBoot()) {
            connection.send(message, exchange)
        }
    }

    private func perform(_ actions: [ClientMachine.Action], on connection: Connection) throws {
        for action in actions { try perform(action, on: connection) }
    }

    private func perform(_ action: ClientMachine.Action, on connection: Connection) throws {
        switch action {
        case .send(let message, let exchange): connection.send(message, exchange)
        case .greet(let hello): try greet(hello, on: connection)
        case .announce(let announced): outline = announced
        case .adopt(let chain): try adopt(chain)
        case .fail(let failure): throw start.misfit(of: failure) ?? failure
        // While a newer delegation chain is waited for, windows may come; they are not wanted.
        case .store, .complete, .reached, .close: break
        }
    }

    private func greet(_ hello: ServerHello, on connection: Connection) throws {
        if let checkpoint = hello.access.checkpoint, try judge.judge(checkpoint) == .chainNeeded {
            shown = checkpoint
            try perform(machine.handle(.chainNeeded, now: SystemClock.sinceBoot()), on: connection)
        }
        guard (start.base?.epoch ?? hello.epoch) == hello.epoch else { throw Misfit.otherEpoch }
    }

    private func adopt(_ chain: DelegationChain) throws {
        try judge.adopt(chain)
        guard let checkpoint = shown else { return }
        shown = nil
        guard try judge.judge(checkpoint) == .believed else {
            throw CheckpointVerifier.Refusal.unknownDelegation(checkpoint.statement.delegation)
        }
    }
}
