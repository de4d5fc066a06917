import AlmanacReplica

extension AnswerViews {
    /// One row for each cluster and pair of editions of one ranking, the older in `since`; only where both ranks are known.
    ///
    /// `change` is how many places the cluster rose, `is_edition_before` is 1 where `since` is the edition right before. `method_change`
    /// says what changed in the method after `since`, up to the edition: the change then says little. `ranks` is a JSON array with the
    /// ranks in all editions of the ranking, oldest first, null where none is known; `ranks_editions` names the editions.
    static let movers = AnswerView(
        "movers", requires: ["cluster_ranks", "clusters", "editions", "cluster_economies", "economies", "sources"],
        select: """
            SELECT e.key AS edition, e.year AS year, b.key AS since, b.year AS since_year,
                coalesce(e.previous_id = b.id, 0) AS is_edition_before, c.key AS cluster, c.name AS name,
                \(ViewFragments.economyCodes(ofCluster: "c.id")) AS economies,
                r.rank AS rank, k.rank AS rank_since, k.rank - r.rank AS change,
                (SELECT group_concat(m.key || ': ' || m.method_change, ' ') FROM editions AS m
                    WHERE m.series = e.series AND m.year > b.year AND m.year <= e.year AND m.method_change IS NOT NULL)
                    AS method_change,
                (SELECT json_group_array(rank) FROM (
                    SELECT (SELECT min(x.rank) FROM cluster_ranks AS x WHERE x.cluster_id = c.id AND x.edition_id = a.id) AS rank
                    FROM editions AS a
                    WHERE a.series = e.series AND a.id IN (SELECT edition_id FROM cluster_ranks) ORDER BY a.year, a.key)) AS ranks,
                (SELECT json_group_array(key) FROM (
                    SELECT a.key AS key FROM editions AS a
                    WHERE a.series = e.series AND a.id IN (SELECT edition_id FROM cluster_ranks) ORDER BY a.year, a.key))
                    AS ranks_editions,
                r.source AS source, s.url AS source_url, k.source AS source_since, t.url AS source_since_url
            FROM cluster_ranks AS r
            JOIN editions AS e ON e.id = r.edition_id
            JOIN cluster_ranks AS k ON k.cluster_id = r.cluster_id
            JOIN editions AS b ON b.id = k.edition_id AND b.series = e.series AND b.year < e.year
            JOIN clusters AS c ON c.id = r.cluster_id
            JOIN sources AS s ON s.id = r.source_id
            JOIN sources AS t ON t.id = k.source_id
            WHERE r.rank IS NOT NULL AND k.rank IS NOT NULL
            """)
}
