/// One history of a dataset, numbered by its creation time in milliseconds since 1970-01-01T00:00:00Z.
///
/// An authority that begins a new history takes a greater number; a lower one is refused by everybody.
public struct Epoch: Hashable, Comparable, Sendable {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public static func < (lhs: Epoch, rhs: Epoch) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension Epoch: CustomStringConvertible {
    public var description: String { String(rawValue) }
}
