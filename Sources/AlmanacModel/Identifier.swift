/// The name of a collection or a field: what becomes SQL, and therefore strict.
///
/// A lower-case letter, then lower-case letters, digits and underscores, at most ``maximumByteCount`` bytes; not one of the names
/// that Almanac's views use themselves, and nothing that SQLite keeps to itself.
public struct Identifier: Hashable, Comparable, Sendable {
    public static let maximumByteCount = 63

    public let rawValue: String

    /// Nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let first = text.utf8.first, Self.isLetter(first), text.utf8.count <= Self.maximumByteCount,
            text.utf8.allSatisfy({ Self.isLetter($0) || Self.isDigitOrUnderscore($0) }),
            !Self.reservedPrefixes.contains(where: text.hasPrefix), !Self.reserved.contains(String(text))
        else { return nil }
        rawValue = String(text)
    }

    /// For the names that the specification fixes.
    init(fixed rawValue: String) { self.rawValue = rawValue }

    /// The columns that every view has beside its fields.
    private static let reserved: Set<String> = ["id", "rowid", "oid", "stream", "sequence"]
    private static let reservedPrefixes = ["sqlite_", "almanac_", "schema_"]

    private static func isLetter(_ character: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(character)
    }

    private static func isDigitOrUnderscore(_ character: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) || character == UInt8(ascii: "_")
    }

    public static func < (lhs: Identifier, rhs: Identifier) -> Bool {
        lhs.rawValue.utf8.lexicographicallyPrecedes(rhs.rawValue.utf8)
    }
}

extension Identifier: CustomStringConvertible {
    public var description: String { rawValue }
}
