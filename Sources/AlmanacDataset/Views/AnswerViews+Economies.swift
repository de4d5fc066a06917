import AlmanacReplica

extension AnswerViews {
    /// The newest figure of each economy and measure, from the tables by economy.
    ///
    /// `measure` is rd (gross domestic expenditure on R&D), rd_intensity (the same as a share of GDP), patents (PCT applications of one
    /// year), fdi_in and fdi_out (flows of foreign direct investment) or venture (venture capital invested); `indicator` says exactly
    /// what is measured. Of several editions for one year the newest.
    static let economyFigures = AnswerView(
        "economy_figures", requires: ["observations", "indicators", "economies", "editions", "sources"],
        select: """
            SELECT c.id AS economy_id, c.key AS economy, c.code AS code, c.name AS name, f.measure AS measure,
                f.indicator AS indicator, o.value AS value, o.unit AS unit, o.currency AS currency, o.year AS year,
                o.qualifier AS qualifier, o.precision AS precision, o.edition AS edition, o.source AS source, s.url AS source_url
            FROM (
                SELECT m.measure AS measure, m.indicator AS indicator, o.id AS id,
                    -- The other columns are those of the row with the highest: the newest year, then edition, then the first record.
                    max((coalesce(o.year, 0) * 10000 + coalesce(e.year, 0)) * 1000000000 - o.id) AS newest
                FROM (SELECT id, key AS indicator, \(measure) AS measure FROM indicators) AS m
                JOIN observations AS o ON o.indicator_id = m.id
                LEFT JOIN editions AS e ON e.id = o.edition_id
                WHERE m.measure IS NOT NULL AND o.value IS NOT NULL
                GROUP BY o.subject_id, m.measure) AS f
            JOIN observations AS o ON o.id = f.id
            JOIN economies AS c ON c.subject_id = o.subject_id
            JOIN sources AS s ON s.id = o.source_id
            """)

    /// The indicators, by their keys: three of the starter package, three that its documented mappings import.
    private static let measure = """
        CASE key WHEN 'gerd' THEN 'rd' WHEN 'gerd-to-gdp-ratio' THEN 'rd_intensity' WHEN 'pct-applications' THEN 'patents'
            WHEN 'fdi-inflows' THEN 'fdi_in' WHEN 'fdi-outflows' THEN 'fdi_out' WHEN 'vc-invested' THEN 'venture' END
        """

    static let economyMeasures = ["rd", "rd_intensity", "patents", "fdi_in", "fdi_out", "venture"]

    /// One row for each economy and edition of the ranking of clusters.
    ///
    /// `top_100`, `top_15` and `top_10` are how many of its clusters rank so, as pages print it (a text with several numbers where
    /// pages disagree); `known_top_100` and so on count the ranks known here, of the `listed_top_100` places that are known here at all.
    /// A cluster across borders counts for each of its economies. `gii_rank` is the place of the economy itself in the index of that year. The newest figures of
    /// answer_economy_figures stand beside it, each with `_unit`, `_currency`, `_year`, `_edition` and `_source`.
    static let economies = AnswerView(
        "economies",
        requires: [
            "answer_economy_figures", "economies", "editions", "cluster_ranks", "cluster_economies", "cluster_counts",
            "economy_ranks",
        ],
        select: """
            WITH e AS MATERIALIZED (
                SELECT e.id AS id, e.key AS key, e.year AS year, \([100, 15, 10].map(listed).joined(separator: ", "))
                FROM editions AS e WHERE e.id IN (SELECT edition_id FROM cluster_ranks))
            SELECT * FROM (
                SELECT e.key AS edition, e.year AS year, c.key AS economy, c.code AS code, c.name AS name, c.region AS region,
                    \([100, 15, 10].map(counts).joined(separator: ", ")),
                    \(["rank", "score", "source"].map(gii).joined(separator: ", ")),
                    \(economyMeasures.flatMap(figures).joined(separator: ", "))
                FROM e CROSS JOIN economies AS c
                LEFT JOIN (
                    SELECT economy_id, \(economyMeasures.flatMap(pivot).joined(separator: ", "))
                    FROM answer_economy_figures GROUP BY economy_id) AS f ON f.economy_id = c.id)
            WHERE top_100 IS NOT NULL OR top_15 IS NOT NULL OR top_10 IS NOT NULL OR known_top_100 > 0 OR gii_rank IS NOT NULL
                OR \(economyMeasures.map { "\($0) IS NOT NULL" }.joined(separator: " OR "))
            """)

    private static func figures(_ measure: String) -> [String] {
        ["", "_unit", "_currency", "_year", "_edition", "_source"].map { "f.\(measure)\($0) AS \(measure)\($0)" }
    }

    private static func pivot(_ measure: String) -> [String] {
        ["value", "unit", "currency", "year", "edition", "source"].map { column in
            "max(CASE measure WHEN '\(measure)' THEN \(column) END) AS \(measure)\(column == "value" ? "" : "_\(column)")"
        }
    }

    private static func counts(_ top: Int) -> String {
        let printed = "FROM cluster_counts AS n WHERE n.economy_id = c.id AND n.edition_id = e.id AND n.top = \(top)"
        return """
            (SELECT CASE WHEN count(DISTINCT n.clusters) = 1 THEN min(n.clusters) ELSE group_concat(DISTINCT n.clusters) END \(printed))
                AS top_\(top),
            (SELECT group_concat(DISTINCT n.source) \(printed)) AS top_\(top)_source,
            (SELECT count(DISTINCT r.cluster_id) FROM cluster_economies AS x JOIN cluster_ranks AS r ON r.cluster_id = x.cluster_id
                WHERE x.economy_id = c.id AND r.edition_id = e.id AND r.rank <= \(top)) AS known_top_\(top),
            e.listed_top_\(top) AS listed_top_\(top)
            """
    }

    private static func listed(_ top: Int) -> String {
        "(SELECT count(*) FROM cluster_ranks AS r WHERE r.edition_id = e.id AND r.rank <= \(top)) AS listed_top_\(top)"
    }

    private static func gii(_ column: String) -> String {
        """
        (SELECT k.\(column) FROM economy_ranks AS k JOIN editions AS i ON i.id = k.edition_id
            WHERE k.economy_id = c.id AND i.year = e.year ORDER BY k.id LIMIT 1) AS gii_\(column)
        """
    }
}
