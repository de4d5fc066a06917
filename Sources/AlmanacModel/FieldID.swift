/// Identifies a field (a column) within its collection. Never reused.
public struct FieldID: Hashable, Comparable, Sendable {
    /// From 1 to ``maximum``.
    public let rawValue: UInt16

    /// How many fields a collection may ever have.
    public static let maximum: UInt16 = 1_024

    /// Nil outside 1 to ``maximum``.
    public init?(_ rawValue: UInt64) {
        guard (1...UInt64(Self.maximum)).contains(rawValue) else { return nil }
        self.rawValue = UInt16(rawValue)
    }

    /// For the numbers that the specification fixes.
    init(fixed rawValue: UInt16) { self.rawValue = rawValue }

    public static func < (lhs: FieldID, rhs: FieldID) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension FieldID: CustomStringConvertible {
    public var description: String { String(rawValue) }
}
