import AlmanacReplica

/// The ranks of a subject in the editions of a series that share a method. A change of method begins another history: across it,
/// ranks are not one series.
struct RankHistory: Hashable {
    struct Edition: Hashable {
        let key: String
        let series: String
        let year: Int64
        let methodChange: String?

        var withoutMethodChange: Edition { Edition(key: key, series: series, year: year, methodChange: nil) }
    }

    let what: String
    let editions: [Edition]
    /// One for each edition; nil where the rank is not known.
    let ranks: [Double?]

    var methodChange: String? { editions.first?.methodChange }

    /// `2020–2024`, or `2025`.
    var span: String {
        guard let first = editions.first?.year, let last = editions.last?.year else { return "" }
        return first == last ? "\(first)" : "\(first)–\(last)"
    }

    var json: String { "[" + ranks.map { $0.map(FigureText.number) ?? "null" }.joined(separator: ",") + "]" }

    /// Ranks in words, a dash for what is not known.
    var list: String { ranks.map { $0.map(FigureText.number) ?? "–" }.joined(separator: " ") }

    static func editions(in dataset: DatasetReader) throws -> [Edition] {
        try dataset.rows("SELECT key, series, year, method_change FROM editions WHERE year IS NOT NULL ORDER BY year, key")
            .compactMap {
                row in
                guard let key = row.text("key"), let series = row.text("series"), let year = row.integer("year") else {
                    return nil
                }
                return Edition(key: key, series: series, year: year, methodChange: row.text("method_change"))
            }
    }

    /// Of figures that are ranks, with columns `indicator`, `what`, `edition` and `value`; from the first to the last edition with one.
    static func all(of figures: [DatasetRow], among editions: [Edition]) -> [RankHistory] {
        let byIndicator = Dictionary(grouping: figures) { $0.text("indicator") ?? "" }
        return byIndicator.keys.sorted().flatMap { indicator -> [RankHistory] in
            let figures = byIndicator[indicator] ?? []
            let ranks = Dictionary(
                figures.compactMap { row in row.text("edition").flatMap { edition in row.real("value").map { (edition, $0) } } }
            ) { first, _ in first }
            let series = Set(editions.filter { ranks[$0.key] != nil }.map(\.series))
            return series.sorted().flatMap { name in
                histories(figures.first?.text("what") ?? indicator, editions.filter { $0.series == name }, ranks)
            }
        }
    }

    private static func histories(_ what: String, _ editions: [Edition], _ ranks: [String: Double]) -> [RankHistory] {
        guard let first = editions.firstIndex(where: { ranks[$0.key] != nil }),
            let last = editions.lastIndex(where: { ranks[$0.key] != nil })
        else { return [] }
        var stretches: [[Edition]] = []
        for edition in editions[first...last] {
            if stretches.isEmpty || edition.methodChange != nil { stretches.append([]) }
            stretches[stretches.count - 1].append(edition)
        }
        return stretches.map { RankHistory(what: what, editions: $0, ranks: $0.map { ranks[$0.key] }) }
            .filter { $0.ranks.contains { $0 != nil } }
    }
}
