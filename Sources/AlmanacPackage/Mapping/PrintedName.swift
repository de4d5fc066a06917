/// A name as a table prints it, without what is not part of it.
enum PrintedName {
    /// Character references (`&#244;`) become characters; what stands before the last separator goes, then footnote marks behind the
    /// name (`<sup>a</sup>`, `*`) and spaces around it.
    static func cleaned(_ text: String, after separator: String?) -> String {
        var name = decoded(text)
        if let separator, let range = name.ranges(of: separator).last { name = String(name[range.upperBound...]) }
        while true {
            let trimmed = withoutMark(trimmed(name))
            if trimmed == name { return name }
            name = trimmed
        }
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    private static func withoutMark(_ name: String) -> String {
        if name.hasSuffix("*") { return String(name.dropLast()) }
        guard name.hasSuffix("</sup>"), let mark = name.ranges(of: "<sup>").last else { return name }
        return String(name[..<mark.lowerBound])
    }

    /// Source: https://html.spec.whatwg.org/multipage/syntax.html#character-references; of the named ones those of XML.
    private static func decoded(_ text: String) -> String {
        guard text.contains("&") else { return text }
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            rest = rest[start...]
            if let end = rest.prefix(12).firstIndex(of: ";"), let scalar = scalar(rest[rest.index(after: start)..<end]) {
                result.unicodeScalars.append(scalar)
                rest = rest[rest.index(after: end)...]
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result + rest
    }

    private static func scalar(_ reference: Substring) -> Unicode.Scalar? {
        switch reference {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard reference.first == "#" else { return nil }
        let digits = reference.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        let code = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap(Unicode.Scalar.init)
    }
}
