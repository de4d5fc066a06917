/// What figures have in common that may stand on one row, and the figures, one place for each subject.
struct ComparedRow {
    struct Identity: Hashable {
        let indicator: String
        let what: String
        let period: String?
        let year: Int64?
        let edition: String?
        let unit: String?
        let currency: String?

        init(_ figure: DatasetRow) {
            indicator = figure.text("indicator") ?? ""
            what = figure.text("what") ?? ""
            period = figure.text("period") ?? figure.integer("period").map(String.init)
            year = figure.integer("year")
            edition = figure.text("edition")
            unit = figure.text("unit")
            currency = figure.text("currency")
        }
    }

    let identity: Identity
    private(set) var figures: [DatasetRow?]

    var count: Int { figures.count { $0 != nil } }

    /// In the order of the subjects, each once.
    var sources: [String] {
        var seen: Set<String> = []
        return figures.compactMap { $0?.text("source") }.filter { seen.insert($0).inserted }
    }

    /// `figures` holds the rows of `answer_compare` for each subject. Figures of one source go beside each other first; what another
    /// source gives fills the places that are left, and goes on a row of its own where none is. By indicator, the newest first.
    static func all(of figures: [[DatasetRow]]) -> [ComparedRow] {
        var rows: [Identity: [ComparedRow]] = [:]
        for (subject, own) in figures.enumerated() {
            for figure in own {
                let identity = Identity(figure)
                let source = figure.text("source") ?? ""
                var alike = rows[identity] ?? []
                if let fitting = alike.firstIndex(where: { $0.figures[subject] == nil && $0.sources.contains(source) }) {
                    alike[fitting].figures[subject] = figure
                } else {
                    var row = ComparedRow(identity: identity, figures: figures.map { _ in nil })
                    row.figures[subject] = figure
                    alike.append(row)
                }
                rows[identity] = alike
            }
        }
        return rows.values.flatMap(merged).sorted { $0.isBefore($1) }
    }

    /// Rows that have no subject in common become one.
    private static func merged(_ rows: [ComparedRow]) -> [ComparedRow] {
        var merged: [ComparedRow] = []
        for row in rows.sorted(by: { ($1.count, $0.sources.first ?? "") < ($0.count, $1.sources.first ?? "") }) {
            let free = merged.firstIndex { other in !zip(other.figures, row.figures).contains { $0 != nil && $1 != nil } }
            if let free {
                merged[free].figures = zip(merged[free].figures, row.figures).map { $0 ?? $1 }
            } else {
                merged.append(row)
            }
        }
        return merged
    }

    private func isBefore(_ other: ComparedRow) -> Bool {
        let (what, otherWhat) = (identity.what.lowercased(), other.identity.what.lowercased())
        guard what == otherWhat else { return what < otherWhat }
        let (year, otherYear) = (identity.year ?? 0, other.identity.year ?? 0)
        return year == otherYear ? order < other.order : year > otherYear
    }

    private var order: (String, String, String) {
        (identity.period ?? "", identity.edition ?? "", figures.compactMap { $0?.text("record") }.first ?? "")
    }
}
