/// Text from elsewhere, made safe to show: nothing in it can move a cursor, change the direction of what follows, or hide.
public enum Visible {
    /// Every character that is not simply shown becomes an escape such as `\n` or `\u{202E}`.
    public static func text(_ text: String) -> String { escaping(text, except: []) }

    /// Likewise, but line feeds and tabs stay, where a format carries them inside quotes.
    static func quotedText(_ text: String) -> String { escaping(text, except: ["\n", "\t"]) }

    private static func escaping(_ text: String, except kept: Set<Unicode.Scalar>) -> String {
        guard text.unicodeScalars.contains(where: { !isShown($0) && !kept.contains($0) }) else { return text }
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isShown(scalar) || kept.contains(scalar) {
                shown.append(scalar)
            } else {
                shown.append(contentsOf: escape(scalar).unicodeScalars)
            }
        }
        return String(shown)
    }

    /// Whether a terminal simply shows it. Joiners and variation selectors belong to scripts and pictures that people write.
    static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20...0x7e).contains(scalar.value) }
        if joiners.contains(scalar.value) { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }

    private static let joiners: Set<UInt32> = Set([0x200c, 0x200d] + Array(0xfe00...0xfe0f) + Array(0xe0100...0xe01ef))
}
