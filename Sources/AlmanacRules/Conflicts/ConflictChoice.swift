import AlmanacModel

/// How a conflict was resolved. The raw value is what its record holds.
public enum ConflictChoice: String, Hashable, Sendable, CaseIterable {
    /// What the author of the operation wrote.
    case mine
    /// What stands in the record.
    case server
    case both
    /// Something new, made of both.
    case edit

    public var value: Value { .text(Text(rawValue)) }
}
