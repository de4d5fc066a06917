/// UTF-8 as it came. Compared byte by byte, unlike `String`, which takes canonically equivalent texts for equal.
public struct Text: Hashable, Comparable, Sendable {
    public let string: String

    public init(_ string: String) { self.string = string }

    /// Nil unless the bytes are valid UTF-8.
    public init?(utf8 bytes: some Swift.Collection<UInt8>) {
        guard let string = String(validating: bytes, as: UTF8.self) else { return nil }
        self.string = string
    }

    /// As many whole characters as fit into so many bytes.
    public init(cutting string: String, to byteCount: Int) {
        var cut = string
        while cut.utf8.count > byteCount { cut.removeLast() }
        self.init(cut)
    }

    public var utf8: String.UTF8View { string.utf8 }

    public static func == (lhs: Text, rhs: Text) -> Bool { lhs.utf8.elementsEqual(rhs.utf8) }

    public static func < (lhs: Text, rhs: Text) -> Bool { lhs.utf8.lexicographicallyPrecedes(rhs.utf8) }

    public func hash(into hasher: inout Hasher) {
        for byte in utf8 { hasher.combine(byte) }
    }
}

extension Text: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}

extension Text: CustomStringConvertible {
    public var description: String { string }
}
