import AlmanacReplica

/// `almanac economies`: clusters, R&D, patents, foreign direct investment and venture capital of economies, side by side.
public struct EconomiesQuestion: Question {
    /// By what economies are ordered; ascending for ranks alone. An economy without the figure comes last.
    public enum Order: String, CaseIterable, Sendable {
        case clusters, top15, top10, gii, rd, intensity, patents
        case fdiIn = "fdi-in"
        case fdiOut = "fdi-out"
        case venture, name

        /// Of answer_economies.
        var column: String {
            switch self {
            case .clusters: "top_100"
            case .top15: "top_15"
            case .top10: "top_10"
            case .gii: "gii_rank"
            case .rd: "rd"
            case .intensity: "rd_intensity"
            case .patents: "patents"
            case .fdiIn: "fdi_in"
            case .fdiOut: "fdi_out"
            case .venture: "venture"
            case .name: "name"
            }
        }

        var isAscending: Bool { self == .gii || self == .name }
    }

    public var edition: String?
    public var order: Order
    public var region: String?
    public var top: Int?

    /// `edition` is that of the clusters and of the index; the other figures are the newest that are known.
    public init(edition: String? = nil, by order: Order = .clusters, region: String? = nil, top: Int? = nil) {
        self.edition = edition
        self.order = order
        self.region = region
        self.top = top
    }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_economies")
        let edition = try RankingEdition.find(edition, in: dataset)
        let region = try region.map { try Region.find($0, in: dataset) }
        let columns = EconomyColumns.all
        let rows = try dataset.rows(
            """
            SELECT *, \(EconomyColumns.known) FROM answer_economies WHERE edition = ?1 AND (?2 IS NULL OR region = ?2)
            ORDER BY \(order.column) IS NULL, \(order.column) \(order.isAscending ? "ASC" : "DESC"), known_top_100 DESC,
                patents IS NULL, patents DESC, name
            LIMIT coalesce(?3, -1)
            """, .text(edition.key), region.map { .text($0.name) } ?? .null, top.map { .integer(Int64($0)) } ?? .null)
        let answer = Answer(kind: "economy", columns: columns, rows: rows.map { row in columns.map { row[$0.name] } })
        return Reply(answer, notes: notes(edition, rows))
    }

    private func notes(_ edition: RankingEdition, _ rows: [DatasetRow]) -> [String] {
        guard let first = rows.first else { return [] }
        let listed = [100, 15, 10].compactMap { top in first.integer("listed_top_\(top)").map { "\($0) of the top \(top)" } }
        var notes = [
            """
            Top 100, 15 and 10 of \(edition.key) are as printed, blank where no page prints them. "100 here" and the like count the ranks that are \
            known here: \(listed.joined(separator: ", ")). A cluster across borders counts for each of its economies.
            """
        ]
        notes += EconomyColumns.figures.compactMap { $0.note(rows) }
        let sources = ["top_100", "top_15", "top_10", "gii"].map { column in
            Set(rows.compactMap { $0.text("\(column)_source") }.flatMap { $0.split(separator: ",").map(String.init) })
        }
        if let printed = EconomyColumns.list(sources[0].union(sources[1]).union(sources[2])) {
            notes.append("Clusters: \(printed).")
        }
        if let gii = EconomyColumns.list(sources[3]) { notes.append("Global Innovation Index: \(gii).") }
        return notes
    }
}
