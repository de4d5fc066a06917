/// Something that a search found.
struct Found {
    let kind: String
    let key: String
    let name: String
    /// What the words stand in.
    let text: String
    /// The part of it around the words; nil where it is the name.
    let snippet: String?
    private let order: (Int, Int64)

    /// One for each kind and key, the best first. A record is found too where the words stand partly in its name, partly in its text.
    static func best(of rows: [DatasetRow], for words: SearchWords) -> [Found] {
        var best: [String: Found] = [:]
        for row in rows {
            guard let found = Found(row, words) else { continue }
            let id = "\(found.kind) \(found.key)"
            if let known = best[id], known.order >= found.order { continue }
            best[id] = found
        }
        return best.values.sorted { ($1.order.0, $1.order.1, $0.name, $0.key) < ($0.order.0, $0.order.1, $1.name, $1.key) }
    }

    private init?(_ row: DatasetRow, _ words: SearchWords) {
        guard let kind = row.text("kind"), let key = row.text("key"), let name = row.text("name"), let text = row.text("text")
        else { return nil }
        let folded = FoldedText(text)
        let isName = text == name
        guard
            let match = words.match(folded)
                ?? (isName ? nil : words.match(FoldedText(name + " " + text)).map { _ in .beginnings })
        else { return nil }
        (self.kind, self.key, self.name, self.text) = (kind, key, name, text)
        snippet = isName ? nil : Snippet.of(text, around: words)
        order = (match.rawValue, row.integer("weight") ?? 0)
    }
}
