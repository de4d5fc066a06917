import AlmanacModel

/// Whether a conflict waits for somebody. The raw value is what its record holds.
public enum ConflictState: String, Hashable, Sendable, CaseIterable {
    case open, resolved

    public var value: Value { .text(Text(rawValue)) }
}
