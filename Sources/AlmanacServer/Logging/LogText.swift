/// Text of any origin as it may stand in a line of the log.
enum LogText {
    /// In characters; more is cut.
    static let longest = 500

    /// Controls, line separators and what turns the direction of text become `\u{…}`.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            guard index < longest else { return escaped + "…" }
            if isShown(scalar) {
                if scalar == "\"" || scalar == "\\" { escaped += "\\" }
                escaped.unicodeScalars.append(scalar)
            } else {
                escaped += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return escaped
    }

    /// Escaped, and in quotation marks where a reader could not tell its end.
    static func quoted(_ text: String) -> String {
        let escaped = escaped(text)
        return escaped.isEmpty || escaped.contains(" ") || escaped.contains("=") ? "\"\(escaped)\"" : escaped
    }

    /// For keys: nothing in them looks like the end of a key.
    static func bare(_ text: String) -> String {
        escaped(text).replacing(" ", with: "_").replacing("=", with: "_")
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20...0x7e).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .privateUse, .unassigned:
            return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
