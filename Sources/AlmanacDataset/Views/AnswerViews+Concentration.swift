import AlmanacReplica

extension AnswerViews {
    /// The rows over which concentration is counted: one for each cluster or company, edition and measure, where the figure is known.
    ///
    /// `value` is a count or an amount in `unit`; `world_share` is the share of the whole world as printed, for clusters. `position` is
    /// the place by value (by share where no value is known), `rank` the printed one. `is_in_whole_list` is 1 up to the rank where the
    /// first place, or the first value, is missing: what comes behind says nothing of how unequal the list is. Amounts of two units or
    /// two editions are never added.
    static let concentration = AnswerView(
        "concentration", requires: ["cluster_ranks", "clusters", "company_figures", "organisations"],
        select: """
            SELECT among, edition, measure, row_number() OVER (
                    PARTITION BY among, edition, measure, unit ORDER BY value DESC, world_share DESC, rank, key) AS position,
                key, name, rank, value, unit, world_share,
                min(is_place) OVER (
                    PARTITION BY among, edition, measure, unit ORDER BY rank IS NULL, rank RANGE UNBOUNDED PRECEDING)
                    AS is_in_whole_list, source
            FROM (
                SELECT *, coalesce(rank = rank() OVER (
                    PARTITION BY among, edition, measure, unit ORDER BY value IS NULL OR rank IS NULL, rank), 0)
                    AND value IS NOT NULL AS is_place
                FROM (\(ConcentrationQuestion.Measure.allCases.map(rows).joined(separator: " UNION ALL ")))
                WHERE value IS NOT NULL OR world_share IS NOT NULL)
            """)

    /// The sources of count and share, with a comma where they are two.
    private static func clusterSource(_ measure: ConcentrationQuestion.Measure) -> String {
        let count = "CASE WHEN r.\(measure.column) IS NOT NULL THEN coalesce(r.counts_source, r.source) END"
        let share =
            measure.shareColumn.map { "CASE WHEN r.\($0) IS NOT NULL THEN coalesce(r.shares_source, r.source) END" } ?? "NULL"
        return "CASE WHEN \(count) <> \(share) THEN \(count) || ', ' || \(share) ELSE coalesce(\(count), \(share)) END"
    }

    private static func rows(_ measure: ConcentrationQuestion.Measure) -> String {
        let (key, name, source, tables) =
            switch measure.among {
            case .clusters:
                (
                    "r.cluster", "c.name", clusterSource(measure),
                    "cluster_ranks AS r JOIN clusters AS c ON c.id = r.cluster_id"
                )
            case .companies: ("r.organisation", "r.name_printed", "r.source", "company_figures AS r")
            }
        return """
            SELECT '\(measure.among.rawValue)' AS among, r.edition AS edition, '\(measure.rawValue)' AS measure, \(key) AS key,
                \(name) AS name, r.rank AS rank, r.\(measure.column) AS value, \(measure.unit) AS unit,
                \(measure.shareColumn.map { "r.\($0)" } ?? "NULL") AS world_share, \(source) AS source
            FROM \(tables)
            """
    }

    /// The Gini coefficient of each list of answer_concentration: for clusters over its whole part, for companies over all that are
    /// listed. 0 is equal, 1 is everything in one hand. Empty where a value is negative or all are zero.
    static let gini = AnswerView(
        "gini", requires: ["answer_concentration"],
        select: """
            SELECT among, edition, measure, unit, count(*) AS rows,
                CASE WHEN min(value) >= 0 THEN
                    2.0 * sum(ascending * value) / nullif(count(*) * sum(value), 0) - (count(*) + 1.0) / count(*) END AS gini
            FROM (
                SELECT among, edition, measure, unit, value,
                    row_number() OVER (PARTITION BY among, edition, measure, unit ORDER BY value) AS ascending
                FROM answer_concentration WHERE value IS NOT NULL AND (among = 'companies' OR is_in_whole_list))
            GROUP BY among, edition, measure, unit
            """)

    /// What sources state of concentration: the share of a group in the whole, or a ratio.
    ///
    /// `top` is the number in the group's name (top two clusters: 2), `members` how many members of it are known by name and
    /// `group_key` names the group. `contradictions` are keys, with commas.
    static let concentrationStated = AnswerView(
        "concentration_stated",
        requires: ["observations", "groups", "group_members", "statements", "sources", "contradiction_sides"],
        select: """
            SELECT CASE WHEN o.indicator LIKE '%rd-spend%' THEN 'companies' ELSE 'clusters' END AS among,
                CASE o.indicator WHEN 'share-of-patent-applications' THEN 'patents' WHEN 'share-of-publications' THEN 'papers'
                    WHEN 'share-of-vc-deals' THEN 'venture' ELSE 'rd' END AS measure,
                CASE WHEN o.indicator LIKE 'share-%' THEN 'share' ELSE 'ratio' END AS figure,
                o.edition AS edition, g.key AS group_key, g.name AS name, \(number) AS top,
                (SELECT count(*) FROM group_members AS m WHERE m.group_id = g.id) AS members,
                o.value AS value, \(ViewFragments.stated("o")) AS stated, o.qualifier AS qualifier, o.precision AS precision,
                o.statement AS statement, t.statement AS says,
                \(ViewFragments.contradictions(ofStatement: "o.statement_id")) AS contradictions,
                o.source AS source, s.url AS source_url
            FROM observations AS o
            JOIN groups AS g ON g.subject_id = o.subject_id
            JOIN sources AS s ON s.id = o.source_id
            LEFT JOIN statements AS t ON t.id = o.statement_id
            WHERE o.indicator IN ('share-of-patent-applications', 'share-of-publications', 'share-of-vc-deals', 'share-of-rd-spend',
                'ratio-of-rd-spend-top-10-to-next-40')
            """)

    /// The number in names such as `top ten clusters` and `top 100 companies by R&D`.
    private static let number = """
        CASE WHEN g.name LIKE 'top %' THEN CASE WHEN CAST(substr(g.name, 5) AS INTEGER) > 0 THEN CAST(substr(g.name, 5) AS INTEGER)
            WHEN g.name LIKE 'top two %' THEN 2 WHEN g.name LIKE 'top three %' THEN 3 WHEN g.name LIKE 'top five %' THEN 5
            WHEN g.name LIKE 'top ten %' THEN 10 WHEN g.name LIKE 'top twenty %' THEN 20 END END
        """
}
