import AlmanacModel

/// Whom a Markdown text mentions: `@lea`.
public enum Mentions {
    public static let limit = 64
    /// Of a name, in bytes.
    public static let nameLimit = 64

    /// The names behind an `@` that begins a word: letters, digits, `-`, `_` and `.`, which does not end them. Nothing inside code, an
    /// address (`lea@example.org`, `https://example.org/@lea`) or behind a backslash. At most ``limit``, the first ones.
    public static func names(in text: String) -> TextSet {
        var names: [Text] = []
        var known: Set<Text> = []
        for word in MarkdownProse.text(of: text).unicodeScalars.split(whereSeparator: \.properties.isWhitespace) {
            for name in Self.names(inWord: word) where names.count < limit && known.insert(name).inserted { names.append(name) }
        }
        return TextSet(names)
    }

    private static func names(inWord word: Substring.UnicodeScalarView) -> [Text] {
        var names: [Text] = []
        var (rest, previous) = (word, Unicode.Scalar?.none)
        var isLink = false
        while let scalar = rest.popFirst() {
            if scalar == ":", rest.starts(with: "//".unicodeScalars) { isLink = true }
            guard scalar == "@" else { previous = scalar; continue }
            let run = rest.prefix(while: isNamePart)
            rest = rest.dropFirst(run.count)
            if !isLink, isBoundary(previous), rest.first != "@", let name = name(run) { names.append(name) }
            previous = run.last ?? scalar
        }
        return names
    }

    private static func name(_ run: Substring.UnicodeScalarView) -> Text? {
        var run = run
        while run.last == "." { run.removeLast() }
        guard let first = run.first, isLetterOrDigit(first) || first == "_" else { return nil }
        let name = Text(String(run))
        return name.utf8.count <= nameLimit ? name : nil
    }

    private static func isBoundary(_ previous: Unicode.Scalar?) -> Bool {
        guard let previous else { return true }
        return !isNamePart(previous) && !"@+%\\".unicodeScalars.contains(previous) || previous == "."
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        isLetterOrDigit(scalar) || "-_.".unicodeScalars.contains(scalar)
            || [.nonspacingMark, .spacingMark].contains(scalar.properties.generalCategory)
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.generalCategory == .decimalNumber
    }
}
