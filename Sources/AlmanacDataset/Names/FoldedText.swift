import Foundation

/// A text without what people leave out when they type: case, accents, dashes, punctuation. `São Paulo` and `sao paulo` are the same.
struct FoldedText: Hashable, Sendable {
    /// Words of small letters and digits, with single spaces between them.
    let text: String

    init(_ original: String) { text = Self.ofASCII(original) ?? Self.ofAny(original) }

    var words: [Substring] { text.split(separator: " ") }

    /// Whether the part stands in the text from the beginning of a word on: `AI` is in `AI chips`, not in `supply chain`.
    func contains(_ part: FoldedText) -> Bool { !part.text.isEmpty && " \(text)".contains(" \(part.text)") }

    /// Of several words, as people shorten them: `fdi` for foreign direct investment. Empty for one word.
    var initials: String { words.count > 1 ? String(words.compactMap(\.first)) : "" }

    /// Thousands of texts are folded for one search, and nearly all are ASCII; nil for others.
    private static func ofASCII(_ original: String) -> String? {
        var original = original
        return original.withUTF8 { bytes in
            var folded: [UInt8] = []
            folded.reserveCapacity(bytes.count)
            for byte in bytes {
                switch byte {
                case 0x61...0x7a, 0x30...0x39: folded.append(byte)
                case 0x41...0x5a: folded.append(byte | 0x20)
                case UInt8(ascii: "'"): break
                case 0x80...: return nil
                default: if let last = folded.last, last != 0x20 { folded.append(0x20) }
                }
            }
            if folded.last == 0x20 { folded.removeLast() }
            return String(decoding: folded, as: UTF8.self)
        }
    }

    static func ofAny(_ original: String) -> String {
        var folded = ""
        var isAtGap = true
        for scalar in original.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars {
            if let spelt = Self.spelt[scalar] {
                folded += spelt
                isAtGap = false
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                folded.unicodeScalars.append(scalar)
                isAtGap = false
            } else if scalar.properties.generalCategory != .nonspacingMark, scalar != "'", scalar != "\u{2019}", !isAtGap {
                folded += " "
                isAtGap = true
            }
        }
        if isAtGap, !folded.isEmpty { folded.removeLast() }
        return folded
    }

    /// Letters that decomposition leaves whole.
    private static let spelt: [Unicode.Scalar: String] = [
        "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i",
    ]
}
