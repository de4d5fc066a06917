import AlmanacModel
import AlmanacWire

/// Applies a complete delta inside the transaction of its tables, and compares what results with what the authority signed.
struct DeltaTransaction {
    private let tables: RecordTables
    private let writer: RecordWriter
    private let held: Checkpoint?

    /// `held` is what the file holds; nil for a new one.
    init(_ tables: RecordTables, held: Checkpoint?) throws {
        self.tables = tables
        self.held = held
        writer = try RecordWriter(tables, horizon: held?.sequence)
    }

    /// Returns how many changes there were. After an error the transaction has to be rolled back. `leaving` are the streams that the
    /// file no longer holds afterwards.
    func apply(
        _ windows: some Swift.Sequence<Result<Window, any Error>>, until completion: VerifiedCompletion,
        leaving: [StreamName] = [], now: Instant
    ) throws -> Int {
        try requireContinues(completion.checkpoint.statement)
        // Before anything else: what moves from there to a stream that stays comes whole.
        let gone = try leaving.filter { try writer.streams.stream($0) != nil }
        try StreamRemoval(tables: tables, streams: writer.streams).remove(leaving)
        let before = try Set(writer.streams.names())
        let applier = DeltaApplier(writer)
        for window in windows {
            let window = try window.get()
            try requireHeld(window)
            try applier.apply(window)
        }
        try applier.finishTables()
        try compare(with: completion)
        try noteHorizons(of: completion, before: before, lowest: applier.lowest)
        try noteMembership(of: completion, before: before, gone: gone)
        try ReplicaSchema.save(completion.checkpoint, synced: now, in: tables)
        return applier.changeCount
    }

    private func requireContinues(_ new: Checkpoint) throws {
        guard let held else { return }
        guard held.dataset == new.dataset else {
            throw ReplicaError.deltaDoesNotFit("it is of dataset \(new.dataset), not \(held.dataset)")
        }
        guard held.epoch == new.epoch else {
            throw ReplicaError.deltaDoesNotFit("it is of epoch \(new.epoch), not \(held.epoch)")
        }
        guard held.sequence <= new.sequence else {
            throw ReplicaError.deltaDoesNotFit("it ends at \(new.sequence), and the local copy is at \(held.sequence)")
        }
    }

    private func requireHeld(_ window: Window) throws {
        let sequence = held?.sequence ?? .zero
        guard window.base <= sequence else {
            throw ReplicaError.deltaDoesNotFit("a window rests on \(window.base), and the local copy is at \(sequence)")
        }
    }

    /// What a local copy can tell of a stream that is new in it: all that happened after this delta, and after the last one if the
    /// stream had not begun by then.
    private func noteHorizons(
        of completion: VerifiedCompletion, before: Set<StreamName>, lowest: [StreamName: Sequence]
    ) throws {
        guard tables.kind == .local else { return }
        for (name, proof) in completion.streams where proof != nil && !before.contains(name) {
            let hasBegunSince = held.map { held in lowest[name].map { $0 > held.sequence } ?? true } ?? false
            let horizon = hasBegunSince ? held?.sequence : nil
            try writer.streams.save(horizon: horizon ?? completion.checkpoint.statement.sequence, of: name)
        }
    }

    private func noteMembership(of completion: VerifiedCompletion, before: Set<StreamName>, gone: [StreamName]) throws {
        guard tables.kind == .local else { return }
        let table = MembershipTable(database: tables.database)
        let (from, to) = (held?.sequence ?? .zero, completion.checkpoint.statement.sequence)
        for name in gone { try table.add(name, hasJoined: false, before: from, after: to) }
        for (name, proof) in completion.streams where proof != nil && !before.contains(name) {
            try table.add(name, hasJoined: true, before: from, after: to)
        }
    }

    /// "Up to date" is never said on trust: each stream's digest and count against the signed ones. A stream that is here and that
    /// the completion does not name would be shown under a cursor that is not its own.
    private func compare(with completion: VerifiedCompletion) throws {
        let proven = Set(completion.streams.map(\.name))
        if let left = try (writer.streams.names() + writer.streams.changed.map(\.name)).first(where: { !proven.contains($0) }) {
            throw ReplicaError.deltaDoesNotFit("stream \(left) is here, and what was received does not say what it has to be")
        }
        for (name, proof) in completion.streams {
            let mismatch = DigestMismatch(stream: name, sequence: completion.checkpoint.statement.sequence)
            guard let proof else {
                if let state = try writer.streams.stream(name), !state.isEmpty { throw mismatch }
                continue
            }
            let state = try writer.streams.streamCreating(name)
            guard try state.isProven(by: proof) else { throw mismatch }
            try writer.streams.save(state, proof: proof)
        }
    }
}
