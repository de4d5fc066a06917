/// The part of a text around what was searched for.
enum Snippet {
    /// In characters.
    static let length = 120

    /// Whole words, with a mark where something is missing.
    static func of(_ text: String, around words: SearchWords) -> String {
        guard text.count > length else { return text }
        let pieces = text.split(separator: " ")
        let hit = pieces.firstIndex { piece in
            let folded = FoldedText(String(piece)).words
            return words.words.contains { word in folded.contains { $0.hasPrefix(word) } }
        }
        var (start, end) = (hit ?? 0, hit ?? 0)
        var count = pieces.isEmpty ? 0 : pieces[start].count
        var canGrow = true
        while canGrow {
            canGrow = false
            if end + 1 < pieces.count, count + pieces[end + 1].count < length {
                end += 1
                count += pieces[end].count + 1
                canGrow = true
            }
            if start > 0, count + pieces[start - 1].count < length {
                start -= 1
                count += pieces[start].count + 1
                canGrow = true
            }
        }
        guard !pieces.isEmpty else { return text }
        let part = pieces[start...end].joined(separator: " ")
        return (start > 0 ? "… " : "") + part + (end < pieces.count - 1 ? " …" : "")
    }
}
