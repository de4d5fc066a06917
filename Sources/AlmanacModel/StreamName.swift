/// The name of a stream, the unit of subscription and of permission: `reference`, `rankings`, `investments/asia`.
///
/// Parts of lower-case letters, digits and hyphens, joined by `/`; at most ``maximumByteCount`` bytes and ``maximumDepth``
/// parts. Ordered by bytes.
public struct StreamName: Hashable, Comparable, Sendable {
    public static let maximumByteCount = 128
    public static let maximumDepth = 4

    public let rawValue: String

    /// Nil for anything that is not a stream name.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= Self.maximumByteCount else { return nil }
        let parts = Substring(text).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= Self.maximumDepth, parts.allSatisfy(Self.isPart) else { return nil }
        rawValue = String(text)
    }

    /// For names that are made of checked parts.
    init(fixed rawValue: String) { self.rawValue = rawValue }

    /// The stream that every replica subscribes to and applies first: the schema and what everything refers to.
    public static let reference = StreamName(fixed: "reference")

    /// The stream of one partition value: letters and digits of the value, everything else folded into single hyphens.
    ///
    /// Nil when nothing remains of the value or the name gets too long.
    public func partition(_ value: String) -> StreamName? {
        var part = ""
        // ASCII letters alone: what lower case is beyond them differs between languages and versions of Unicode.
        for scalar in value.unicodeScalars {
            let character = ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar
            if ("a"..."z").contains(character) || ("0"..."9").contains(character) {
                part.unicodeScalars.append(character)
            } else if !part.isEmpty, !part.hasSuffix("-") {
                part.append("-")
            }
        }
        while part.hasSuffix("-") { part.removeLast() }
        return part.isEmpty ? nil : StreamName("\(rawValue)/\(part)")
    }

    static func isPart(_ part: some StringProtocol) -> Bool {
        !part.isEmpty && part.utf8.allSatisfy(isPartCharacter) && part.utf8.first != UInt8(ascii: "-")
    }

    private static func isPartCharacter(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    public static func < (lhs: StreamName, rhs: StreamName) -> Bool {
        lhs.rawValue.utf8.lexicographicallyPrecedes(rhs.rawValue.utf8)
    }
}

extension StreamName: CustomStringConvertible {
    public var description: String { rawValue }
}
