import AlmanacReplica

/// An edition of a ranking of clusters.
struct RankingEdition: Hashable, Sendable {
    let key: String
    let year: Int64?
    let before: String?
    let methodChange: String?

    /// By key, by year, or the newest with ranks.
    static func find(_ name: String?, in dataset: DatasetReader) throws -> RankingEdition {
        let rows = try dataset.rows(
            """
            SELECT key, year, previous, method_change FROM editions
            WHERE id IN (SELECT edition_id FROM cluster_ranks) ORDER BY year DESC
            """)
        let editions = rows.compactMap { row in
            row.text("key").map {
                RankingEdition(
                    key: $0, year: row.integer("year"), before: row.text("previous"), methodChange: row.text("method_change"))
            }
        }
        guard let name else {
            guard let newest = editions.first else { throw QuestionError.notThisDataset(missing: "ranking of clusters") }
            return newest
        }
        guard let found = editions.first(where: { $0.key == name || $0.year.map(String.init) == name }) else {
            throw QuestionError.unknownName(name, kinds: "edition of the ranking", near: editions.map(\.key))
        }
        return found
    }
}
