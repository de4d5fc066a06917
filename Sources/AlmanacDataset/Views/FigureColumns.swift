/// The figures that stand as columns in records of a collection, so that views can give each a row.
struct FigureColumns {
    struct Figure {
        let field: String
        let what: String
        var unit: String?
        var better: String?
        /// The field with the source where it is not that of the record.
        var source: String?
    }

    let collection: String
    let figures: [Figure]

    /// For a FROM clause: one row for each figure, as `m`.
    var join: String {
        let rows = figures.map { figure in
            let texts = ["\(collection).\(figure.field)", figure.what, figure.unit, figure.better]
            return "(" + texts.map { $0.map { "'\($0.replacing("'", with: "''"))'" } ?? "NULL" }.joined(separator: ", ") + ")"
        }
        return "JOIN (SELECT column1 AS indicator, column2 AS what, column3 AS unit, column4 AS better FROM (VALUES "
            + rows.joined(separator: ", ") + ")) AS m"
    }

    /// The value of the figure of `m` in the record `r`.
    var value: String {
        "CASE m.indicator " + figures.map { "WHEN '\(collection).\($0.field)' THEN r.\($0.field)" }.joined(separator: " ")
            + " END"
    }

    /// The key of the source of the figure of `m`.
    var source: String { source("source") { $0 } }

    /// The id of the source of the figure of `m`.
    var sourceID: String { source("source_id") { "\($0)_id" } }

    private func source(_ own: String, _ column: (String) -> String) -> String {
        let others = figures.compactMap { figure in
            figure.source.map { "WHEN '\(collection).\(figure.field)' THEN r.\(column($0))" }
        }
        return others.isEmpty ? "r.\(own)" : "coalesce(CASE m.indicator \(others.joined(separator: " ")) END, r.\(own))"
    }

    /// All figures of the record `r` in words, with semicolons; null where it has none.
    var sentence: String {
        let parts = figures.map { figure in
            let source = figure.source.map { " || coalesce(' (' || r.\($0) || ')', '')" } ?? ""
            let unit = figure.unit.map { " || ' \($0)'" } ?? ""
            return "coalesce('; \(figure.what) ' || \(ViewFragments.number("r.\(figure.field)"))\(unit)\(source), '')"
        }
        return "nullif(substr(\(parts.joined(separator: " || ")), 3), '')"
    }

    static let clusterRanks = FigureColumns(
        collection: "cluster_ranks",
        figures: [
            Figure(field: "rank", what: "Cluster rank", better: "lower"),
            Figure(field: "intensity_rank", what: "Cluster rank by intensity", better: "lower", source: "intensity_source"),
            Figure(field: "pct_applications", what: "PCT applications in five years", source: "counts_source"),
            Figure(field: "publications", what: "Publications in five years", source: "counts_source"),
            Figure(field: "vc_deals", what: "Venture capital deals in five years", source: "counts_source"),
            Figure(field: "share_pct_filings", what: "Share of PCT applications", unit: "percent", source: "shares_source"),
            Figure(field: "share_publications", what: "Share of publications", unit: "percent", source: "shares_source"),
            Figure(field: "share_vc_deals", what: "Share of venture capital deals", unit: "percent", source: "shares_source"),
            Figure(field: "share_total", what: "Total share as printed", unit: "percent", source: "shares_source"),
        ])

    static let economyRanks = FigureColumns(
        collection: "economy_ranks",
        figures: [
            Figure(field: "rank", what: "Rank in the Global Innovation Index", better: "lower"),
            Figure(field: "score", what: "Score in the Global Innovation Index", better: "higher"),
            Figure(field: "income_group_rank", what: "Rank in its income group", better: "lower"),
            Figure(field: "region_rank", what: "Rank in its region", better: "lower"),
        ])

    static let companies = FigureColumns(
        collection: "company_figures",
        figures: [
            Figure(field: "rank", what: "Rank by R&D", better: "lower"),
            Figure(field: "rd", what: "R&D investment"),
            Figure(field: "rd_growth", what: "R&D growth in a year", unit: "percent"),
            Figure(field: "net_sales", what: "Net sales", unit: "million"),
            Figure(field: "net_sales_growth", what: "Growth of net sales in a year", unit: "percent"),
            Figure(field: "rd_intensity", what: "R&D intensity", unit: "percent"),
            Figure(field: "capex", what: "Capital expenditure", unit: "million"),
            Figure(field: "capex_growth", what: "Growth of capital expenditure in a year", unit: "percent"),
            Figure(field: "capex_intensity", what: "Capital expenditure intensity", unit: "percent"),
            Figure(field: "operating_profits", what: "Operating profits", unit: "million"),
            Figure(field: "operating_profits_growth", what: "Growth of operating profits in a year", unit: "percent"),
            Figure(field: "profitability", what: "Profitability", unit: "percent"),
            Figure(field: "employees", what: "Employees"),
            Figure(field: "employees_growth", what: "Growth of employees in a year", unit: "percent"),
            Figure(field: "market_cap", what: "Market capitalisation", unit: "million"),
            Figure(field: "market_cap_growth", what: "Growth of market capitalisation in a year", unit: "percent"),
        ])
}
