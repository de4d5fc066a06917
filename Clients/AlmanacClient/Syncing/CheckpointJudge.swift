import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// What this device believes during a sync, and how that grows: checkpoints that were verified, chains that the root key confirms.
struct CheckpointJudge {
    private let context: Context
    private let clock: @Sendable () -> Instant
    private let memory: CheckpointMemory
    private let chains: StoredChain
    private let keeping: Keeping
    private var chain: DelegationChain
    /// The highest checkpoint that was ever verified; nil before the first.
    private(set) var highest: Signed<Checkpoint>?

    /// What becomes of what was verified.
    enum Keeping {
        /// It is durable before anything relies on it.
        case durably
        /// It counts as long as the judge lives: for a look that is to change nothing.
        case meanwhile
    }

    enum Verdict: Equatable {
        case believed
        /// The delegation is newer than the one that is known.
        case chainNeeded
    }

    init(
        _ context: Context, replica: Signed<Checkpoint>?, keeping: Keeping = .durably, clock: @escaping @Sendable () -> Instant
    ) throws {
        self.keeping = keeping
        self.context = context
        self.clock = clock
        memory = CheckpointMemory(path: context.paths.checkpoint)
        chains = StoredChain(paths: context.paths.credentials)
        chain = try chains.newest()
        highest = try memory.highest()
        if let replica, highest?.statement.cursor.isBefore(replica.statement.cursor) ?? true { highest = replica }
    }

    /// Nil when the chain that is here has ended, which may happen during a connection: then the server has to show a newer one.
    private func trust() throws -> Trust? {
        do {
            return try Trust(chain, pin: context.settings.pin, now: clock())
        } catch Trust.Refusal.delegationInvalid {
            return nil
        }
    }

    /// Verifies a checkpoint and remembers it, durably, before anything relies on it.
    mutating func judge(_ checkpoint: Signed<Checkpoint>) throws -> Verdict {
        guard let trust = try trust(), checkpoint.statement.delegation <= trust.checkpointDelegation else { return .chainNeeded }
        try refusing(checkpoint) { try CheckpointVerifier(trust: trust, highest: highest).verify(checkpoint) }
        try remember(checkpoint)
        return .believed
    }

    /// Verifies the end of a pull likewise; nil when a chain is needed.
    mutating func judge(_ complete: Complete, of streams: [StreamName]) throws -> VerifiedCompletion? {
        let checkpoint = complete.checkpoint
        guard let trust = try trust(), checkpoint.statement.delegation <= trust.checkpointDelegation else { return nil }
        let completion = try refusing(checkpoint) {
            try CheckpointVerifier(trust: trust, highest: highest).verify(complete, of: streams)
        }
        try remember(checkpoint)
        return completion
    }

    /// Verifies receipts; that they are about what was sent is for the outbox to say.
    func judge(_ receipts: Signed<ReceiptSheet>) throws -> Verdict {
        guard let trust = try trust(), receipts.statement.delegation <= trust.checkpointDelegation else { return .chainNeeded }
        try ReceiptVerifier(trust: trust).verify(receipts)
        return .believed
    }

    /// Takes a newer chain, if the pinned root key vouches for it, and keeps it.
    mutating func adopt(_ newer: DelegationChain) throws {
        let fresh = try Trust(newer, pin: context.settings.pin, now: clock())
        guard fresh.dataset == context.settings.dataset else { throw CheckpointVerifier.Refusal.wrongDataset(fresh.dataset) }
        guard newer.checkpointKey.statement.number >= chain.checkpointKey.statement.number,
            newer.certificateAuthority.statement.number >= chain.certificateAuthority.statement.number
        else { throw ClientError.notTheAuthority("The server shows an older delegation than this device has seen.") }
        if newer != chain, keeping == .durably { try chains.replace(with: newer) }
        chain = newer
    }

    private mutating func remember(_ checkpoint: Signed<Checkpoint>) throws {
        if keeping == .durably { try memory.remember(checkpoint) }
        if highest?.statement.cursor.isBefore(checkpoint.statement.cursor) ?? true { highest = checkpoint }
    }

    /// Both signatures of an equivocation are kept: whoever sees them knows that the authority signed two states as one.
    private func refusing<Result>(_ shown: Signed<Checkpoint>, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch CheckpointVerifier.Refusal.equivocation(let sequence) {
            guard let highest else { throw CheckpointVerifier.Refusal.equivocation(sequence) }
            let path = try Evidence(known: highest, shown: shown, chain: chain).write(in: context.paths.state)
            throw ClientError.equivocation(sequence, evidence: path)
        }
    }
}
