import AlmanacReplica

/// The columns of `almanac economies`.
enum EconomyColumns {
    /// A figure by economy, with where it is from in hidden columns.
    struct Figure {
        let name: String
        let title: String
        let style: Answer.Style

        var columns: [Answer.Column] { [.init(name, title, style)] }

        var hidden: [Answer.Column] {
            ["unit", "currency", "year", "edition", "source"].map { .init("\(name)_\($0)", nil, .hidden) }
        }

        /// What the column holds, for people: unit, years, sources; nil where it is empty.
        func note(_ rows: [DatasetRow]) -> String? {
            let known = rows.filter { $0[name] != .null }
            guard !known.isEmpty else { return nil }
            func all(_ column: String) -> [String] { Set(known.compactMap { $0.text("\(name)_\(column)") }).sorted() }
            let years = known.compactMap { $0.integer("\(name)_year") }
            var parts = [(all("unit") + all("currency")).joined(separator: ", ")]
            if let first = years.min(), let last = years.max() {
                parts.append(first == last ? "\(first)" : "\(first) to \(last)")
            }
            parts += [EconomyColumns.list(Set(all("source")))].compactMap(\.self)
            return "\(title): \(parts.filter { !$0.isEmpty }.joined(separator: "; "))."
        }
    }

    static let figures = [
        Figure(name: "rd", title: "R&D", style: .grouped), Figure(name: "rd_intensity", title: "R&D/GDP", style: .percent),
        Figure(name: "patents", title: "PCT", style: .grouped), Figure(name: "fdi_in", title: "FDI in", style: .grouped),
        Figure(name: "fdi_out", title: "FDI out", style: .grouped), Figure(name: "venture", title: "VC", style: .grouped),
    ]

    static let all: [Answer.Column] =
        [
            .init("name", "economy"), .init("top_100", "top 100"), .init("here_top_100", "100 here"), .init("top_15", "15"),
            .init("here_top_15", "15 here"), .init("top_10", "10"), .init("here_top_10", "10 here"), .init("gii_rank", "GII"),
        ]
        + figures.flatMap(\.columns)
        + ["economy", "code", "region", "edition", "gii_score", "gii_source"].map { .init($0, nil, .hidden) }
        + [100, 15, 10].flatMap { top in
            ["known_top_\(top)", "listed_top_\(top)", "top_\(top)_source"].map { .init($0, nil, .hidden) }
        }
        + figures.flatMap(\.hidden)

    /// `3 of 15`: how many of the economy's clusters are known among so many places, of which not all need to be known.
    static let known = [100, 15, 10].map { top in
        "known_top_\(top) || ' of ' || listed_top_\(top) AS here_top_\(top)"
    }.joined(separator: ", ")

    static func list(_ names: Set<String>) -> String? { names.isEmpty ? nil : names.sorted().joined(separator: ", ") }
}
