import AlmanacReplica

extension AnswerViews {
    /// One row for each contradiction. `sides` counts the records that disagree, `subjects` lists the keys of what it is about, and
    /// `causes` is a JSON array; `is_explained` is 0 where nothing found explains it.
    static let contradictions = AnswerView(
        "contradictions", requires: ["contradictions", "contradiction_sides", "contradiction_subjects"],
        select: """
            SELECT c.key AS contradiction, c.topic AS topic, c.positions AS positions, c.explanation AS explanation, c.causes AS causes,
                c.is_explained AS is_explained, c.scope AS scope,
                (SELECT count(*) FROM contradiction_sides AS s WHERE s.contradiction_id = c.id) AS sides,
                (SELECT group_concat(subject, ', ') FROM contradiction_subjects AS s WHERE s.contradiction_id = c.id) AS subjects,
                c.id AS contradiction_id
            FROM contradictions AS c
            """)

    /// One row for each side of a contradiction: what it says, in which record, and from which source; a side that is a statement has
    /// its article as the source.
    static let contradictionSides = AnswerView(
        "contradiction_sides",
        requires: [
            "contradiction_sides", "statements", "observations", "cluster_ranks", "cluster_counts", "sources",
        ],
        select: """
            SELECT s.contradiction AS contradiction,
                CASE WHEN s.statement IS NOT NULL THEN 'statement' WHEN s.observation IS NOT NULL THEN 'observation'
                    WHEN s.cluster_rank IS NOT NULL THEN 'cluster_rank' WHEN s.cluster_count IS NOT NULL THEN 'cluster_count'
                    ELSE 'source' END AS kind,
                coalesce(s.statement, s.observation, s.cluster_rank, s.cluster_count, s.source) AS record,
                coalesce(s.says, (SELECT statement FROM statements WHERE id = s.statement_id)) AS says,
                (SELECT statement FROM statements WHERE id = s.statement_id) AS statement,
                coalesce(
                    (SELECT article FROM statements WHERE id = s.statement_id),
                    (SELECT source FROM observations WHERE id = s.observation_id),
                    (SELECT source FROM cluster_ranks WHERE id = s.cluster_rank_id),
                    (SELECT source FROM cluster_counts WHERE id = s.cluster_count_id), s.source) AS source,
                (SELECT publisher_printed FROM statements WHERE id = s.statement_id) AS first_publisher,
                s.contradiction_id AS contradiction_id, s.statement_id AS statement_id
            FROM contradiction_sides AS s
            """)
}
