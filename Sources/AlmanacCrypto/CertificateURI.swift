/// What a certificate says about its holder for programs: one URI in the subject alternative name.
public struct CertificateURI: Hashable, Sendable {
    public static let maximumByteCount = 255

    public let text: String

    /// Nil unless it is `scheme:something` in visible ASCII, ``maximumByteCount`` bytes at most.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.maximumByteCount, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon != text.utf8.startIndex,
            text.utf8.index(after: colon) != text.utf8.endIndex
        else { return nil }
        self.text = text
    }
}

extension CertificateURI: CustomStringConvertible {
    public var description: String { text }
}
