import AlmanacModel

/// A record as a table holds it.
struct StoredRecord {
    let record: Record
    let stream: StreamKey
    /// Present where the file serves others.
    let history: RecordHistory?
}

/// What a server knows of a record beyond its state.
struct RecordHistory: Equatable {
    /// When the record last entered its stream.
    let born: Sequence
    /// The last changes of the fields that changed after `born`; the others changed with it.
    let changedSinceBorn: FieldSequences

    init(born: Sequence, changedSinceBorn: FieldSequences = FieldSequences()) {
        self.born = born
        self.changedSinceBorn = changedSinceBorn
    }

    /// After a commit of this sequence has changed these fields.
    func changing(_ fields: [FieldID], at sequence: Sequence) -> RecordHistory {
        RecordHistory(born: born, changedSinceBorn: changedSinceBorn.setting(fields, to: sequence))
    }
}

/// The number of a stream in one file; it never travels.
struct StreamKey: Hashable, Comparable {
    let rawValue: Int64

    static func < (lhs: StreamKey, rhs: StreamKey) -> Bool { lhs.rawValue < rhs.rawValue }
}
