import AlmanacModel

/// Text that came from outside, made safe to show: nothing in it moves a cursor, turns the direction of writing or hides.
public enum VisibleText {
    /// At most so many characters, `…` in place of the rest; control, format and separator characters as escapes.
    public static func shortened(_ text: String, limit: Int = 60) -> String {
        var result = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            guard index < limit else { return result + "…" }
            result += visible(scalar)
        }
        return result
    }

    /// As ``shortened(_:limit:)``, in quotation marks.
    public static func quoted(_ text: String, limit: Int = 60) -> String { "\"\(shortened(text, limit: limit))\"" }

    /// Bytes that may not be UTF-8: what is not appears as `\x80`.
    public static func shortened(_ bytes: some Swift.Collection<UInt8>, limit: Int = 60) -> String {
        let prefix = bytes.prefix(4 * limit + 4)
        if bytes.count == prefix.count, let text = String(validating: bytes, as: UTF8.self) {
            return shortened(text, limit: limit)
        }
        var shown: [String] = []
        var rest = prefix[...]
        while let byte = rest.first, shown.count <= limit {
            let (piece, length) = decoded(rest) ?? ("\\x\(Hex.encode([byte]))", 1)
            shown.append(piece)
            rest = rest.dropFirst(length)
        }
        return shown.prefix(limit).joined() + (shown.count > limit || bytes.count > prefix.count ? "…" : "")
    }

    private static func decoded(_ bytes: some Swift.Collection<UInt8>) -> (String, Int)? {
        for length in 1...4 {
            if let text = String(validating: bytes.prefix(length), as: UTF8.self), let scalar = text.unicodeScalars.first {
                return (visible(scalar), length)
            }
        }
        return nil
    }

    private static func visible(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case " "..."~": return String(scalar)
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            return "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        default: return String(scalar)
        }
    }
}
