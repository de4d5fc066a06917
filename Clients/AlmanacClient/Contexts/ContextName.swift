/// What a user calls an authority on this device. It becomes part of paths, so it is strict: lower-case letters, digits and hyphens,
/// not beginning with a hyphen, at most ``maximumByteCount`` bytes.
public struct ContextName: Hashable, Comparable, Sendable {
    public static let maximumByteCount = 64

    public let rawValue: String

    /// Nil for anything else.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard (1...Self.maximumByteCount).contains(bytes.count), bytes.first != UInt8(ascii: "-"),
            bytes.allSatisfy(Self.isAllowed)
        else {
            return nil
        }
        rawValue = text
    }

    private init(fixed rawValue: String) { self.rawValue = rawValue }

    /// For a dataset whose own name cannot name a context.
    static let fallback = ContextName(fixed: "default")

    static func validated(_ text: String) throws -> ContextName {
        guard let name = ContextName(text) else { throw ClientError.invalidContextName(text) }
        return name
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    public static func < (lhs: ContextName, rhs: ContextName) -> Bool {
        lhs.rawValue.utf8.lexicographicallyPrecedes(rhs.rawValue.utf8)
    }
}

extension ContextName: CustomStringConvertible {
    public var description: String { rawValue }
}
