import AlmanacModel

/// A text set as SQLite's JSON functions read it: `["fintech","photonics"]`.
package enum JSONTextArray {
    package static func encode(_ set: TextSet) -> String {
        "[\(set.elements.map(quoted).joined(separator: ","))]"
    }

    private static func quoted(_ text: Text) -> String {
        var quoted = "\""
        for scalar in text.string.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..."\u{1f}": quoted += "\\u00\(Hex.encode([UInt8(truncatingIfNeeded: scalar.value)]))"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Reads what ``encode(_:)`` wrote; nil for anything else.
    package static func decode(_ json: String) -> TextSet? {
        var rest = Substring(json).unicodeScalars
        guard rest.popFirst() == "[" else { return nil }
        if rest.first == "]" { return rest.count == 1 ? TextSet([]) : nil }
        var elements: [Text] = []
        while true {
            guard let element = string(&rest) else { return nil }
            elements.append(element)
            switch rest.popFirst() {
            case ",": continue
            case "]": return rest.isEmpty ? TextSet(ascending: elements) : nil
            default: return nil
            }
        }
    }

    private static func string(_ rest: inout Substring.UnicodeScalarView) -> Text? {
        guard rest.popFirst() == "\"" else { return nil }
        var string = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return Text(String(string))
            case "\\":
                guard let escaped = escape(&rest) else { return nil }
                string.append(escaped)
            case "\u{0}"..."\u{1f}": return nil
            default: string.append(scalar)
            }
        }
        return nil
    }

    private static func escape(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
        switch rest.popFirst() {
        case "\"": return "\""
        case "\\": return "\\"
        case "u":
            let digits = String(rest.prefix(4))
            rest = rest.dropFirst(4)
            guard let bytes = Hex.decode(digits), bytes.count == 2, bytes[0] == 0, bytes[1] < 0x20, Hex.encode(bytes) == digits
            else { return nil }
            return Unicode.Scalar(bytes[1])
        default: return nil
        }
    }
}
