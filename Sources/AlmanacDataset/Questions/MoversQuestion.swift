import AlmanacReplica

/// `almanac movers`: which clusters rose and fell between two editions of a ranking.
public struct MoversQuestion: Question {
    public var edition: String?
    public var since: String?
    public var top: Int?

    /// Against the edition right before unless `since` names an older one. `top` is how many that rose and how many that fell; without
    /// it all, with those that stayed. Equal changes at the border are all there.
    public init(edition: String? = nil, since: String? = nil, top: Int? = nil) {
        self.edition = edition
        self.since = since
        self.top = top
    }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_movers")
        let edition = try RankingEdition.find(edition, in: dataset)
        guard let since = try earlier(than: edition, in: dataset) else {
            return Reply(
                Answer(kind: "mover", columns: columns(edition, edition), rows: []),
                notes: ["\(edition.key) is the oldest edition known here: there is nothing to compare it with."])
        }
        let answer = try dataset.answer(
            "mover", columns(edition, since),
            """
            SELECT *, CASE WHEN method_change IS NOT NULL THEN 'changed' END AS method,
                source || CASE WHEN source <> source_since THEN ', ' || source_since ELSE '' END AS sources
            FROM (
                SELECT *, rank() OVER (ORDER BY change DESC) AS risen, rank() OVER (ORDER BY change) AS fallen
                FROM answer_movers WHERE edition = ?1 AND since = ?2)
            WHERE ?3 IS NULL OR (change > 0 AND risen <= ?3) OR (change < 0 AND fallen <= ?3)
            ORDER BY change DESC, rank, name
            """, .text(edition.key), .text(since.key), top.map { .integer(Int64($0)) } ?? .null)
        return Reply(answer, notes: try notes(edition, since, in: dataset))
    }

    private func earlier(than edition: RankingEdition, in dataset: DatasetReader) throws -> RankingEdition? {
        let earlier = try dataset.rows(
            """
            SELECT DISTINCT b.key AS key FROM editions AS e JOIN editions AS b ON b.series = e.series AND b.year < e.year
            WHERE e.key = ?1 AND b.id IN (SELECT edition_id FROM cluster_ranks) ORDER BY b.year DESC
            """, .text(edition.key)
        ).compactMap { $0.text("key") }
        guard let since else {
            let before = edition.before.flatMap { earlier.contains($0) ? $0 : nil } ?? earlier.first
            return try before.map { try RankingEdition.find($0, in: dataset) }
        }
        let found = try RankingEdition.find(since, in: dataset)
        guard earlier.contains(found.key) else {
            throw QuestionError.unknownName(since, kinds: "edition of the ranking before \(edition.key)", near: earlier)
        }
        return found
    }

    private func columns(_ edition: RankingEdition, _ since: RankingEdition) -> [Answer.Column] {
        [
            .init("name", "cluster", .prose), .init("change", "change", .change), .init("rank", edition.key),
            .init("rank_since", since.key), .init("ranks", "ranks", .sparkline(lowerIsBetter: true)),
            .init("sources", "source", .prose), .init("method"),
        ]
            + [
                "cluster", "economies", "edition", "since", "ranks_editions", "method_change", "source", "source_url",
                "source_since",
                "source_since_url",
            ].map { .init($0, nil, .hidden) }
    }

    private func notes(_ edition: RankingEdition, _ since: RankingEdition, in dataset: DatasetReader) throws -> [String] {
        let counts = try dataset.first(
            """
            SELECT sum(now AND before) AS both, sum(now AND NOT before) AS only_now, sum(before AND NOT now) AS only_before,
                (SELECT group_concat(key || ': ' || method_change, ' ') FROM editions AS m WHERE m.method_change IS NOT NULL
                    AND m.series = ?5 AND m.year > ?3 AND m.year <= ?4) AS method_change
            FROM (SELECT max(edition = ?1) AS now, max(edition = ?2) AS before FROM cluster_ranks
                WHERE edition IN (?1, ?2) AND rank IS NOT NULL GROUP BY cluster)
            """, .text(edition.key), .text(since.key), since.year.map { .integer($0) } ?? .null,
            edition.year.map { .integer($0) } ?? .null, try series(of: edition, in: dataset))
        var notes: [String] = []
        if let change = counts?.text("method_change") {
            notes.append("The method changed in between. \(change) A change of rank then says little.")
        }
        notes.append(
            """
            Of the clusters with a rank known here, \(counts?.integer("both") ?? 0) have one in both editions; \
            \(counts?.integer("only_now") ?? 0) only in \(edition.key) and \(counts?.integer("only_before") ?? 0) only in \(since.key): \
            whether these rose, fell or are new is not known here.
            """)
        return notes
    }

    private func series(of edition: RankingEdition, in dataset: DatasetReader) throws -> Answer.Cell {
        try dataset.first("SELECT series FROM editions WHERE key = ?1", .text(edition.key))?["series"] ?? .null
    }
}
