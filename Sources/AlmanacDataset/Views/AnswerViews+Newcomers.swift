import AlmanacReplica

extension AnswerViews {
    /// What sources say of new entrants in a ranking; nothing is inferred from a blank.
    ///
    /// `is_named` is 1 for a cluster that a source calls a new entrant, with its `rank` in that edition where one is known, and 0 for
    /// what a source says of their number or growth: `stated` holds it. `contradictions` are keys, with commas.
    static let newcomers = AnswerView(
        "newcomers",
        requires: [
            "observations", "statements", "subjects", "clusters", "cluster_ranks", "cluster_economies", "economies", "sources",
            "contradiction_sides",
        ],
        select: """
            SELECT 1 AS is_named, o.edition AS edition, r.rank AS rank, c.key AS cluster, coalesce(c.name, s.name) AS name,
                \(ViewFragments.economyCodes(ofCluster: "c.id")) AS economies, o.subject AS subject, NULL AS value,
                coalesce(\(ViewFragments.stated("o")), 'yes') AS stated, o.qualifier AS qualifier, o.precision AS precision,
                t.statement AS says, o.statement AS statement,
                \(ViewFragments.contradictions(ofStatement: "o.statement_id")) AS contradictions,
                o.source AS source, q.url AS source_url, r.source AS rank_source
            FROM observations AS o
            JOIN subjects AS s ON s.id = o.subject_id
            JOIN sources AS q ON q.id = o.source_id
            LEFT JOIN statements AS t ON t.id = o.statement_id
            LEFT JOIN clusters AS c ON c.subject_id = o.subject_id
            LEFT JOIN cluster_ranks AS r ON r.cluster_id = c.id AND r.edition_id = o.edition_id
            WHERE o.indicator = 'new-entrant'
            UNION ALL
            SELECT 0, t.edition, NULL, NULL, s.name, NULL, t.subject, t.value,
                coalesce(t.value_printed || coalesce(' ' || t.unit, ''), t.statement), t.qualifier, t.precision, t.statement, t.key,
                \(ViewFragments.contradictions(ofStatement: "t.id")), t.article, q.url, NULL
            FROM statements AS t
            JOIN subjects AS s ON s.id = t.subject_id
            JOIN sources AS q ON q.id = t.article_id
            WHERE t.kind = 'new_entrant' AND NOT EXISTS (
                SELECT 1 FROM observations AS o WHERE o.statement_id = t.id AND o.indicator = 'new-entrant')
            """)
}
