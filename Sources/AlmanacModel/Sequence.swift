/// The number of a commit. Strictly increasing within an epoch; zero stands before the first commit.
///
/// Order in Almanac comes from sequences alone, never from clocks.
public struct Sequence: Hashable, Comparable, Sendable {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Before the first commit: the base of a first copy.
    public static let zero = Sequence(0)

    /// The largest sequence that every store can hold: SQLite's integers are signed.
    public static let max = Sequence(UInt64(Int64.max))

    /// The sequence of the next commit, or nil when the space is used up.
    public var next: Sequence? { self < .max ? Sequence(rawValue + 1) : nil }

    public static func < (lhs: Sequence, rhs: Sequence) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension Sequence: CustomStringConvertible {
    public var description: String { "r\(rawValue)" }
}
