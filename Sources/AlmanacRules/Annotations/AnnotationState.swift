import AlmanacModel

/// How far a thread has come. The raw value is what its first annotation's record holds; replies have none.
public enum AnnotationState: String, Hashable, Sendable, CaseIterable {
    case open, resolved
    /// A curator took it over into the dataset.
    case accepted

    public var value: Value { .text(Text(rawValue)) }
}
