import AlmanacReplica

/// `almanac clusters`: a ranking of clusters in one edition.
public struct ClustersQuestion: Question {
    /// By what clusters are ranked.
    public enum Measure: String, CaseIterable, Sendable {
        case size, patents, papers, venture, intensity

        /// Of `answer_clusters`; ascending where it is a rank.
        var order: String {
            switch self {
            case .size: "rank"
            case .patents: "coalesce(share_pct_filings, -1) DESC, coalesce(pct_applications, -1) DESC"
            case .papers: "coalesce(share_publications, -1) DESC, coalesce(publications, -1) DESC"
            case .venture: "coalesce(share_vc_deals, -1) DESC, coalesce(vc_deals, -1) DESC"
            case .intensity: "intensity_rank"
            }
        }

        /// The sources of all figures that are shown, the rank's first, each once.
        var sources: String {
            let others =
                switch self {
                case .size: ["shares_source"]
                case .patents, .papers, .venture: ["shares_source", "counts_source"]
                case .intensity: ["shares_source", "intensity_source"]
                }
            return AnswerViews.clusterSources(others)
        }

        var isKnown: String {
            switch self {
            case .size: "rank IS NOT NULL"
            case .patents: "(share_pct_filings IS NOT NULL OR pct_applications IS NOT NULL)"
            case .papers: "(share_publications IS NOT NULL OR publications IS NOT NULL)"
            case .venture: "(share_vc_deals IS NOT NULL OR vc_deals IS NOT NULL)"
            case .intensity: "intensity_rank IS NOT NULL"
            }
        }
    }

    public var edition: String?
    public var measure: Measure
    public var economy: String?
    public var region: String?
    public var top: Int?

    /// `edition` is the key of an edition, nil for the newest; `economy` a code, key or name; `region` that of an economy.
    public init(
        edition: String? = nil, by measure: Measure = .size, economy: String? = nil, region: String? = nil, top: Int? = nil
    ) {
        self.edition = edition
        self.measure = measure
        self.economy = economy
        self.region = region
        self.top = top
    }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_clusters")
        let edition = try RankingEdition.find(edition, in: dataset)
        let economy = try economy.map { try Economy.find($0, in: dataset) }
        let region = try region.map { try Region.find($0, in: dataset) }
        let answer = try dataset.answer(
            "cluster", columns(since: edition.before),
            """
            SELECT *, \(measure.sources) AS shown_sources FROM answer_clusters WHERE edition = ?1 AND \(measure.isKnown)
                AND (?2 IS NULL OR '/' || economies || '/' LIKE '%/' || ?2 || '/%')
                AND (?3 IS NULL OR ',' || regions || ',' LIKE '%,' || ?3 || ',%')
            ORDER BY \(measure.order), name LIMIT coalesce(?4, -1)
            """, .text(edition.key), economy.map { .text($0.code) } ?? .null, region.map { .text($0.name) } ?? .null,
            top.map { .integer(Int64($0)) } ?? .null)
        return Reply(answer, notes: try notes(edition, in: dataset))
    }

    private func columns(since before: String?) -> [Answer.Column] {
        [
            .init("rank", "#"), .init("name", "cluster"), .init("economies", "economy"),
            .init("rank_before", before.map { "in \($0)" } ?? "before"), .init("change", "change", .change),
            .init("is_new", "new", .hidden), .init("share_pct_filings", "PCT", .percent),
            .init("share_publications", "papers", .percent), .init("share_vc_deals", "VC", .percent),
            .init("pct_applications", "PCT applications", measure == .patents ? .grouped : .hidden),
            .init("publications", "publications", measure == .papers ? .grouped : .hidden),
            .init("vc_deals", "VC deals", measure == .venture ? .grouped : .hidden),
            .init("intensity_rank", "intensity", measure == .intensity ? .plain : .hidden),
            .init("cluster", "key", .hidden), .init("edition", nil, .hidden), .init("name_printed", nil, .hidden),
            .init("edition_before", nil, .hidden), .init("previous_rank_printed", nil, .hidden),
            .init("method_change", nil, .hidden), .init("notes", nil, .hidden), .init("shown_sources", "source"),
            .init("source", nil, .hidden), .init("source_url", nil, .hidden), .init("shares_source", nil, .hidden),
            .init("counts_source", nil, .hidden), .init("intensity_source", nil, .hidden),
        ]
    }

    private func notes(_ edition: RankingEdition, in dataset: DatasetReader) throws -> [String] {
        var notes: [String] = []
        if let change = edition.methodChange {
            notes.append("The method changed in \(edition.key): \(change) Ranks before and after are not one series.")
        }
        notes.append("What is blank is not known here; it does not mean new or none.")
        return notes
    }
}
