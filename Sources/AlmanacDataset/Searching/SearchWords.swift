/// The words of a search, folded.
public struct SearchWords: Sendable {
    let words: [String]

    public init(_ text: String) { words = FoldedText(text).words.map(String.init) }

    /// Whether each word begins one of the text's.
    public func fit(_ text: String) -> Bool { match(FoldedText(text)) != nil }

    /// Whether each word begins one of the text's; and if so, whether all of them are whole words there.
    func match(_ text: FoldedText) -> Match? {
        guard !words.isEmpty else { return nil }
        let found = text.words
        var areWhole = true
        for word in words {
            let begun = found.filter { $0.hasPrefix(word) }
            guard !begun.isEmpty else { return nil }
            if !begun.contains(Substring(word)) { areWhole = false }
        }
        if text.text == words.joined(separator: " ") { return .exact }
        let isAtStart = text.text.hasPrefix(words.joined(separator: " "))
        return isAtStart ? .atStart : areWhole ? .wholeWords : .beginnings
    }

    /// How well a text fits, best last.
    enum Match: Int, Comparable {
        case beginnings, wholeWords, atStart, exact

        static func < (first: Match, second: Match) -> Bool { first.rawValue < second.rawValue }
    }
}
