/// Figures of one indicator, edition, source and unit over years.
struct FigureSeries {
    /// In the order of their years; at least ``FigureSeries/minimumCount``.
    let figures: [DatasetRow]

    /// Fewer figures are read one by one.
    static let minimumCount = 4

    /// The newest.
    var last: DatasetRow { figures[figures.count - 1] }

    private var years: [Int64] { figures.compactMap { $0.integer("year") } }

    var span: String { "\(years.first ?? 0)–\(years.last ?? 0)" }

    /// The values from the first year to the last, null for years without a figure.
    var json: String {
        guard let first = years.first, let last = years.last else { return "[]" }
        let values = Dictionary(
            figures.compactMap { row in row.integer("year").flatMap { year in row.real("value").map { (year, $0) } } }
        ) { first, _ in first }
        return "[" + (first...last).map { values[$0].map { "\($0)" } ?? "null" }.joined(separator: ",") + "]"
    }

    /// A list with a place for each year has to be one that somebody can read.
    private static func isShort(from first: Int64, to last: Int64) -> Bool {
        let (length, isOver) = last.subtractingReportingOverflow(first)
        return !isOver && length <= 300
    }

    /// What belongs to long series, and what stands alone.
    static func found(in figures: [DatasetRow]) -> (series: [FigureSeries], others: [DatasetRow]) {
        let groups = Dictionary(grouping: figures) { row in
            ["indicator", "edition", "source", "unit", "currency"].map { row.text($0) ?? "" }
        }
        var (series, others): ([FigureSeries], [DatasetRow]) = ([], [])
        for key in groups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let group = groups[key] ?? []
            let years = group.compactMap { $0.integer("year") }
            let isSeries =
                group.count >= minimumCount && Set(years).count == group.count
                && isShort(from: years.min() ?? 0, to: years.max() ?? 0)
                && group.allSatisfy { $0.real("value") != nil && [nil, "exact"].contains($0.text("precision")) }
            if isSeries {
                series.append(FigureSeries(figures: group.sorted { ($0.integer("year") ?? 0) < ($1.integer("year") ?? 0) }))
            } else {
                others += group
            }
        }
        return (series, others)
    }
}
