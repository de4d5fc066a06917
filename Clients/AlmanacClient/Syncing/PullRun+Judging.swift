import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacWire

/// Whether what the server shows is what the authority signed.
extension PullRun {
    func conclude(
        _ complete: Complete, _ streams: [StreamName], isLast: Bool, on connection: Connection
    ) throws {
        guard let completion = try judge.judge(complete, of: streams) else {
            return try ask(for: .end(complete, streams, isLast: isLast), on: connection)
        }
        try conclude(completion, isLast: isLast, on: connection)
    }

    private func conclude(_ completion: VerifiedCompletion, isLast: Bool, on connection: Connection) throws {
        outcome = isLast ? .complete(completion) : .reached(completion)
        if isLast { try perform(machine.handle(.concluded, now: SystemClock.sinceBoot()), on: connection) }
    }

    /// One newer chain is asked for; a checkpoint that it does not explain is not believed.
    func ask(for waiting: Waiting, on connection: Connection) throws {
        self.waiting = waiting
        try perform(machine.handle(.chainNeeded, now: SystemClock.sinceBoot()), on: connection)
    }

    func adopt(_ chain: DelegationChain, on connection: Connection) throws {
        try judge.adopt(chain)
        report(.keysRenewed)
        guard let waiting else { return }
        self.waiting = nil
        switch waiting {
        case .hello(let checkpoint): guard try judge.judge(checkpoint) == .believed else { throw Self.unknown(checkpoint) }
        case .end(let complete, let streams, let isLast):
            guard let completion = try judge.judge(complete, of: streams) else { throw Self.unknown(complete.checkpoint) }
            try conclude(completion, isLast: isLast, on: connection)
        }
    }

    private static func unknown(_ checkpoint: Signed<Checkpoint>) -> CheckpointVerifier.Refusal {
        .unknownDelegation(checkpoint.statement.delegation)
    }
}
