import AlmanacReplica

/// `almanac concentration`: how much of the whole a few clusters or companies have.
public struct ConcentrationQuestion: Question {
    public enum Among: String, CaseIterable, Sendable {
        case clusters, companies
    }

    /// What is spread: patents, papers and venture deals over clusters; the others over companies.
    public enum Measure: String, CaseIterable, Sendable {
        case patents, papers, venture, rd, sales, capex, employees
        case marketCap = "market-cap"

        public var among: Among {
            switch self {
            case .patents, .papers, .venture: .clusters
            case .rd, .sales, .capex, .employees, .marketCap: .companies
            }
        }

        /// Of cluster_ranks or company_figures.
        var column: String {
            switch self {
            case .patents: "pct_applications"
            case .papers: "publications"
            case .venture: "vc_deals"
            case .rd: "rd"
            case .sales: "net_sales"
            case .capex: "capex"
            case .employees: "employees"
            case .marketCap: "market_cap"
            }
        }

        /// Of cluster_ranks: the share of the world's, as printed.
        var shareColumn: String? {
            switch self {
            case .patents: "share_pct_filings"
            case .papers: "share_publications"
            case .venture: "share_vc_deals"
            case .rd, .sales, .capex, .employees, .marketCap: nil
            }
        }

        /// The SQL of the unit.
        var unit: String {
            switch self {
            case .patents, .papers, .venture: "'\(title)'"
            case .rd: "r.rd_unit"
            case .sales, .capex, .marketCap: "'EUR million'"
            case .employees: "'persons'"
            }
        }

        var title: String {
            switch self {
            case .patents: "PCT applications"
            case .papers: "scientific publications"
            case .venture: "venture capital deals"
            case .rd: "R&D investment"
            case .sales: "net sales"
            case .capex: "capital expenditure"
            case .employees: "employees"
            case .marketCap: "market capitalisation"
            }
        }
    }

    public var measure: Measure
    public var edition: String?

    /// Of the newest edition with the figure, unless one is named.
    public init(_ measure: Measure = .patents, edition: String? = nil) {
        self.measure = measure
        self.edition = edition
    }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_concentration", "answer_concentration_stated")
        let edition = try ConcentrationList.edition(edition, measure, in: dataset)
        let list = try ConcentrationList(measure, edition, in: dataset)
        let stated = try StatedConcentration(list, in: dataset)
        let curve = LorenzCurve(list)
        return Reply(
            [
                Reply.Section("Shares of the largest in \(list.whole)", try ConcentrationShares(list).answer),
                Reply.Section("What sources state", stated.answer),
                Reply.Section("The part that the smallest have together", curve.answer),
                Reply.Section("Gini coefficient", curve.coefficient),
            ], notes: list.notes + curve.notes + (try ContradictionNotes(dataset).notes(of: stated.contradictions)))
    }
}
