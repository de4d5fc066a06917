import AlmanacModel

/// A record as its reader has it: the authority's state with what this device has changed since.
public struct WorkingRecord: Hashable, Sendable {
    /// By id where the authority has given one; else by the operation that makes it.
    public let name: RecordName
    public let stream: StreamName
    /// The authority's last change of it; zero for a record that the authority does not know yet.
    public let sequence: AlmanacModel.Sequence
    /// By field, ascending. A reference to a record that has no id yet is in ``ProposedField``s of the operation alone.
    public let values: [ProposedField]
    /// Whether something of it has not reached the authority, or not come back from there.
    public let isPending: Bool

    public init(
        name: RecordName, stream: StreamName, sequence: AlmanacModel.Sequence, values: [ProposedField], isPending: Bool
    ) {
        self.name = name
        self.stream = stream
        self.sequence = sequence
        self.values = values
        self.isPending = isPending
    }

    /// What a field holds; nil for null, and for a reference to a record without an id.
    public subscript(field: FieldID) -> Value? {
        guard case .value(let value)? = proposed(field) else { return nil }
        return value
    }

    /// The same, references to records without an id among it.
    public func proposed(_ field: FieldID) -> ProposedValue? { values.first { $0.field == field }?.value }
}
