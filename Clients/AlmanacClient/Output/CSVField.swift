/// One field of a line of comma-separated values (RFC 4180).
enum CSVField {
    /// In quotes where it has to be; an empty text too, because nothing at all is null.
    static func text(_ text: String) -> String {
        guard text.isEmpty || text.utf8.contains(where: isSpecial) else { return text }
        var quoted = "\""
        // Scalar by scalar: a quote with an accent behind it is another character to Swift, and still a quote to a reader.
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "\""), 0x0a, 0x0d: true
        default: false
        }
    }
}
