import AlmanacReplica

/// The rows over which concentration is counted.
struct ConcentrationList {
    struct Row {
        let key: String
        let name: String
        let rank: Int64?
        let value: Double?
        let worldShare: Double?
        let isInWholeList: Bool
    }

    let measure: ConcentrationQuestion.Measure
    let edition: String
    let unit: String
    /// By value, the largest first; those without come last.
    let rows: [Row]
    /// How many the edition lists here, with or without the figure.
    let listed: Int
    let sources: String
    private let otherUnits: Int
    private let method: String?

    init(_ measure: ConcentrationQuestion.Measure, _ edition: String, in dataset: DatasetReader) throws {
        self.measure = measure
        self.edition = edition
        let found = try dataset.rows(
            """
            SELECT * FROM answer_concentration WHERE among = ?1 AND measure = ?2 AND edition = ?3 ORDER BY unit, position
            """, .text(measure.among.rawValue), .text(measure.rawValue), .text(edition))
        let units = Dictionary(grouping: found) { $0.text("unit") ?? "" }
        let unit = units.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key ?? ""
        let own = units[unit] ?? []
        self.unit = unit
        otherUnits = found.count - own.count
        rows = own.compactMap(Self.row)
        sources = Set(own.compactMap { $0.text("source") }.flatMap { $0.split(separator: ", ") }).sorted().joined(separator: ", ")
        listed = Int(
            try dataset.first("SELECT count(*) AS n FROM \(Self.table(measure)) WHERE edition = ?1", .text(edition))?.integer("n")
                ?? 0)
        method = try dataset.first("SELECT method FROM editions WHERE key = ?1", .text(edition))?.text("method")
    }

    private static func row(_ row: DatasetRow) -> Row? {
        guard let key = row.text("key"), let name = row.text("name") else { return nil }
        return Row(
            key: key, name: name, rank: row.integer("rank"), value: row.real("value"), worldShare: row.real("world_share"),
            isInWholeList: row.isTrue("is_in_whole_list"))
    }

    /// The newest with the figure, or the one that is named by key or year.
    static func edition(
        _ name: String?, _ measure: ConcentrationQuestion.Measure, in dataset: DatasetReader
    ) throws -> String {
        let isKnown = [measure.column, measure.shareColumn].compactMap(\.self).map { "\($0) IS NOT NULL" }
        let rows = try dataset.rows(
            """
            SELECT key, year FROM editions
            WHERE id IN (SELECT edition_id FROM \(table(measure)) WHERE \(isKnown.joined(separator: " OR "))) ORDER BY year DESC, key
            """)
        let keys = rows.compactMap { $0.text("key") }
        guard let name else {
            guard let newest = keys.first else { throw QuestionError.notThisDataset(missing: measure.title) }
            return newest
        }
        guard
            let found = rows.first(where: { $0.text("key") == name || $0.integer("year").map(String.init) == name })?.text("key")
        else { throw QuestionError.unknownName(name, kinds: "edition with \(measure.title)", near: keys) }
        return found
    }

    private static func table(_ measure: ConcentrationQuestion.Measure) -> String {
        measure.among == .clusters ? "cluster_ranks" : "company_figures"
    }

    /// Whether every place of the list is known: then shares are of the whole list, else they are bounds.
    var isWhole: Bool { !rows.isEmpty && rows.allSatisfy(\.isInWholeList) && rows.count == listed }

    /// Those over which a coefficient means something: of clusters the part that is known without a gap, of companies all that are listed.
    var values: [Double] {
        switch measure.among {
        case .clusters: rows.filter(\.isInWholeList).compactMap(\.value)
        case .companies: rows.compactMap(\.value)
        }
    }

    /// Of what shares are taken.
    var whole: String {
        measure.among == .clusters
            ? "the world's \(measure.title)" : "the \(measure.title) of the \(FigureText.number(Double(values.count))) listed"
    }

    var notes: [String] {
        var notes: [String] = []
        let known = rows.count { $0.value != nil || $0.worldShare != nil }
        let whole =
            isWhole ? "a list that is known as a whole" : "not the whole list, so that shares of the largest are lower bounds"
        switch measure.among {
        case .clusters:
            notes.append(
                """
                \(edition): \(measure.title) are known here for \(known) of \(listed) clusters that are listed here, \
                \(isWhole ? whole : "which is \(whole)"). Shares are of the world's, as printed and added up.
                """)
        case .companies:
            notes.append(
                "\(edition): \(measure.title) in \(unit) of \(FigureText.number(Double(known))) of \(FigureText.number(Double(listed))) companies. Shares are of the sum of those listed."
            )
            if !isWhole {
                notes.append(
                    "Without places from 1 on nothing shows that the largest are all listed: shares are of this list alone.")
            }
        }
        if let method { notes.append("How \(edition) is made: \(method)") }
        if otherUnits > 0 { notes.append("\(otherUnits) rows are in another unit and were left out: units are never added.") }
        return notes
    }
}
