import AlmanacModel

/// What happened to the target between the time when its author saw it and the time when the operation came. The raw value is what the
/// conflict's record holds.
public enum ConflictKind: String, Hashable, Sendable, CaseIterable {
    /// The field has another value, and the two do not merge.
    case value
    /// The record is gone.
    case deleted
    /// The record is in another stream.
    case moved
    /// The record that was to be deleted has changed.
    case changed

    public var value: Value { .text(Text(rawValue)) }
}
