import AlmanacReplica

extension AnswerViews {
    /// One row for each cluster and edition.
    ///
    /// `edition_before` is the edition before and `rank_before` the rank in it, as far as pages show it; `change` is how many places
    /// the cluster rose. `method_change` says what changed in the method between the two: the change then says little.
    /// `previous_rank_printed` is what the edition itself prints. `is_new` is 1 where a source calls the cluster a new entrant;
    /// a blank rank before is no sign of that. `source` shows the rank; `shares_source`, `counts_source` and `intensity_source` show the
    /// shares, the counts and the rank by intensity, where any are known.
    static let clusters = AnswerView(
        "clusters",
        requires: ["cluster_ranks", "clusters", "editions", "observations", "cluster_economies", "economies"],
        select: """
            SELECT r.edition AS edition, e.year AS year, r.rank AS rank, r.cluster AS cluster, c.name AS name,
                r.name_printed AS name_printed,
                (SELECT group_concat(code, '/') FROM (
                    SELECT o.code AS code FROM cluster_economies AS ce JOIN economies AS o ON o.id = ce.economy_id
                    WHERE ce.cluster_id = c.id ORDER BY ce.position)) AS economies,
                (SELECT group_concat(DISTINCT o.region) FROM cluster_economies AS ce JOIN economies AS o ON o.id = ce.economy_id
                    WHERE ce.cluster_id = c.id) AS regions,
                b.edition AS edition_before, b.rank AS rank_before, b.rank - r.rank AS change, e.method_change AS method_change,
                r.previous_rank AS previous_rank_printed, r.rank_change AS rank_change_printed,
                EXISTS (SELECT 1 FROM observations AS n
                    WHERE n.subject_id = c.subject_id AND n.edition_id = r.edition_id AND n.indicator = 'new-entrant') AS is_new,
                r.pct_applications AS pct_applications, r.publications AS publications, r.vc_deals AS vc_deals,
                r.share_pct_filings AS share_pct_filings, r.share_publications AS share_publications,
                r.share_vc_deals AS share_vc_deals, r.share_total AS share_total, r.intensity_rank AS intensity_rank,
                r.notes AS notes, r.source AS source, s.url AS source_url,
                CASE WHEN coalesce(r.share_pct_filings, r.share_publications, r.share_vc_deals, r.share_total) IS NOT NULL
                    THEN coalesce(r.shares_source, r.source) END AS shares_source,
                CASE WHEN coalesce(r.pct_applications, r.publications, r.vc_deals) IS NOT NULL
                    THEN coalesce(r.counts_source, r.source) END AS counts_source,
                CASE WHEN r.intensity_rank IS NOT NULL THEN coalesce(r.intensity_source, r.source) END AS intensity_source,
                r.cluster_id AS cluster_id
            FROM cluster_ranks AS r
            JOIN clusters AS c ON c.id = r.cluster_id
            JOIN editions AS e ON e.id = r.edition_id
            JOIN sources AS s ON s.id = r.source_id
            LEFT JOIN cluster_ranks AS b ON b.cluster_id = r.cluster_id AND b.edition_id = e.previous_id
            """)

    /// For a SELECT from `answer_clusters`: the source of the rank and those of these columns, each once, with commas.
    static func clusterSources(_ columns: [String]) -> String {
        """
        (SELECT group_concat(value, ', ') FROM (
            SELECT DISTINCT value FROM json_each(json_array(\((["source"] + columns).joined(separator: ", ")))) WHERE value IS NOT NULL))
        """
    }
}
