import AlmanacModel

/// An annotation with the replies to it.
public struct AnnotationThread: Hashable, Sendable {
    public let head: Annotation
    /// By time.
    public let replies: [Annotation]

    public var all: [Annotation] { [head] + replies }

    /// When somebody last wrote in it.
    public var latest: Instant? { all.flatMap { [$0.created, $0.edited] }.compactMap(\.self).max() }
}
