/// The name in a certificate, for people to read. Users choose it, so it is kept to what can be shown on a terminal.
public struct CommonName: Hashable, Sendable {
    /// X.520 allows 64 characters; bytes are counted so that every implementation agrees.
    public static let maximumByteCount = 64

    public let text: String

    /// Refuses an empty name, more than ``maximumByteCount`` bytes of UTF-8, control characters, line separators and the invisible
    /// characters that change the direction or the look of text.
    public init(_ text: String) throws(CryptoError) {
        let attempt = "use a name in a certificate"
        guard (1...Self.maximumByteCount).contains(text.utf8.count) else {
            throw CryptoError(attempt: attempt, cause: .refused("it has \(text.utf8.count) bytes; 1 to 64 are allowed"))
        }
        guard text.unicodeScalars.allSatisfy(Self.isVisible) else {
            throw CryptoError(attempt: attempt, cause: .refused("it contains a control or an invisible character"))
        }
        self.text = text
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}

extension CommonName: CustomStringConvertible {
    public var description: String { text }
}
