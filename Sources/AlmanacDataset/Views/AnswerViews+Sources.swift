import AlmanacReplica

extension AnswerViews {
    /// One row for each source, with how many records cite it: `figures` (observations, ranks, counts, company figures), `money`
    /// (investments and awards), `statements` of the article, and `others` (relations, hubs, frameworks, trends, advice, aliases, editions).
    static let sources = AnswerView(
        "sources",
        requires: [
            "sources", "publishers", "observations", "cluster_ranks", "economy_ranks", "cluster_counts", "company_figures",
            "investments", "awards", "hubs", "relations", "frameworks", "trends", "advice", "aliases", "editions", "statements",
        ],
        select: """
            SELECT s.key AS source, s.title AS title, s.publisher AS publisher, p.name AS publisher_name, s.kind AS kind,
                \(citing(["observations", "cluster_ranks", "economy_ranks", "cluster_counts", "company_figures"])) AS figures,
                \(citing(["investments", "awards"])) AS money,
                (SELECT count(*) FROM statements AS c WHERE c.article_id = s.id) AS statements,
                \(citing(["hubs", "relations", "frameworks", "trends", "advice", "aliases", "editions"])) AS others,
                s.licence AS licence, s.published AS published, s.url AS url, s.note AS note, s.id AS source_id
            FROM sources AS s LEFT JOIN publishers AS p ON p.id = s.publisher_id
            """)

    private static func citing(_ collections: [String]) -> String {
        collections.map { "(SELECT count(*) FROM \($0) AS c WHERE c.source_id = s.id)" }.joined(separator: " + ")
    }
}
