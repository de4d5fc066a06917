import AlmanacModel

/// What an annotation is. The raw value is what its record holds.
public enum AnnotationKind: String, Hashable, Sendable, CaseIterable {
    case note, question, flag
    /// Proposes another value for a field, with its source.
    case correction

    public var value: Value { .text(Text(rawValue)) }
}
