/// Identifies a collection (a typed table). Never reused. Numbers below ``firstOfPackages`` are Almanac's own.
public struct CollectionID: Hashable, Comparable, Sendable {
    /// From 1 to ``maximum``.
    public let rawValue: UInt32

    public static let maximum: UInt32 = 65_535

    /// The lowest number that a data package's resource may have.
    public static let firstOfPackages: UInt32 = 16

    /// Nil outside 1 to ``maximum``.
    public init?(_ rawValue: UInt64) {
        guard (1...UInt64(Self.maximum)).contains(rawValue) else { return nil }
        self.rawValue = UInt32(rawValue)
    }

    /// For the numbers that the specification fixes.
    init(fixed rawValue: UInt32) { self.rawValue = rawValue }

    public static func < (lhs: CollectionID, rhs: CollectionID) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension CollectionID {
    /// One of Almanac's own: its fields are fixed.
    public var isSystem: Bool { rawValue < Self.firstOfPackages }

    /// One of those that describe the dataset: its records stay for ever.
    public var describesDataset: Bool { self <= SystemSchema.package }

    /// One of those whose records are where their makers put them, and not where the schema says.
    public var isPlacedByMaker: Bool { isSystem && !describesDataset }
}

extension CollectionID: CustomStringConvertible {
    public var description: String { String(rawValue) }
}
