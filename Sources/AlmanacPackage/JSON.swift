import AlmanacModel

/// A JSON value, kept exactly: numbers as they are written, texts by their bytes.
package indirect enum JSON: Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(String)
    case text(Text)
    case array([JSON])
    case object([Text: JSON])

    /// What a person calls it.
    var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .text: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSON: CustomStringConvertible {
    /// The canonical text: no white space, members in the order of their names' bytes, nothing escaped that need not be.
    package var description: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .number(let digits): digits
        case .text(let text): Self.quoted(text)
        case .array(let elements): "[\(elements.map(\.description).joined(separator: ","))]"
        case .object(let members):
            "{\(members.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)):\($0.value)" }.joined(separator: ","))}"
        }
    }

    private static func quoted(_ text: Text) -> String {
        var result = "\""
        for scalar in text.string.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{00}"..."\u{1F}": result += "\\u00\(Hex.encode([UInt8(truncatingIfNeeded: scalar.value)]))"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
