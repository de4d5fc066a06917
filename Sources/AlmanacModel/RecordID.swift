/// Identifies a record in its collection: given by the authority, dense, permanent, never reused. SQLite's rowid.
public struct RecordID: Hashable, Comparable, Sendable {
    /// From 1 to `Int64.max`.
    public let rawValue: Int64

    /// Nil for anything below 1.
    public init?(_ rawValue: Int64) {
        guard rawValue >= 1 else { return nil }
        self.rawValue = rawValue
    }

    public static func < (lhs: RecordID, rhs: RecordID) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension RecordID: CustomStringConvertible {
    public var description: String { String(rawValue) }
}
