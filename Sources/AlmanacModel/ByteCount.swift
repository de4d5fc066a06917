/// A number of bytes.
public struct ByteCount: Hashable, Comparable, Sendable {
    public let rawValue: Int

    public init(_ rawValue: Int) { self.rawValue = rawValue }

    public static let zero = ByteCount(0)
    public static func kibibytes(_ count: Int) -> ByteCount { ByteCount(count * 1_024) }
    public static func mebibytes(_ count: Int) -> ByteCount { ByteCount(count * 1_048_576) }

    public static func + (lhs: ByteCount, rhs: ByteCount) -> ByteCount { ByteCount(lhs.rawValue + rhs.rawValue) }
    public static func += (lhs: inout ByteCount, rhs: ByteCount) { lhs = lhs + rhs }
    public static func < (lhs: ByteCount, rhs: ByteCount) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension ByteCount: CustomStringConvertible {
    /// For people, in decimal units: `412 B`, `6.2 MB`.
    public var description: String {
        guard rawValue >= 1_000 else { return "\(rawValue) B" }
        var (divisor, name) = (1_000, "kB")
        for unit in ["MB", "GB", "TB"] where rawValue >= divisor * 1_000 - divisor / 20 {
            (divisor, name) = (divisor * 1_000, unit)
        }
        let (whole, rest) = rawValue.quotientAndRemainder(dividingBy: divisor)
        let tenths = whole * 10 + (rest * 10 + divisor / 2) / divisor
        return "\(tenths / 10).\(tenths % 10) \(name)"
    }
}
