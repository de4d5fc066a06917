/// How hard to try to make chunks small: zlib's levels.
public struct CompressionLevel: Hashable, Sendable {
    public let rawValue: Int32

    /// Nil outside 0 (nothing is deflated) to 9.
    public init?(_ rawValue: Int32) {
        guard (0...9).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(fixed rawValue: Int32) { self.rawValue = rawValue }

    public static let stored = CompressionLevel(fixed: 0)
    public static let fast = CompressionLevel(fixed: 1)
    public static let standard = CompressionLevel(fixed: 6)
    public static let best = CompressionLevel(fixed: 9)
}
