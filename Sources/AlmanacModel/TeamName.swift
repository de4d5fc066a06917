/// The name of a team, which is also a part of the names of its streams: lower-case letters, digits and hyphens, not beginning with
/// a hyphen, at most ``maximumByteCount`` bytes.
public struct TeamName: Hashable, Comparable, Sendable {
    public static let maximumByteCount = 48

    public let rawValue: String

    /// Nil for anything that is not the name of a team.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= Self.maximumByteCount, StreamName.isPart(text) else { return nil }
        rawValue = String(text)
    }

    public static func < (lhs: TeamName, rhs: TeamName) -> Bool { lhs.rawValue.utf8.lexicographicallyPrecedes(rhs.rawValue.utf8) }
}

extension TeamName: CustomStringConvertible {
    public var description: String { rawValue }
}
