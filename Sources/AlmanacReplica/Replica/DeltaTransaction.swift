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
        writer = try RecordWriter(tables)
    }

    /// Returns how many changes there were. After an error the transaction has to be rolled back.
    func apply(
        _ windows: some Swift.Sequence<Result<Window, any Error>>, until completion: VerifiedCompletion, now: Instant
    ) throws -> Int {
        try requireContinues(completion.checkpoint.statement)
        let applier = DeltaApplier(writer)
        for window in windows {
            let window = try window.get()
            try requireHeld(window)
            try applier.apply(window)
        }
        try applier.finishTables()
        try compare(with: completion)
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
