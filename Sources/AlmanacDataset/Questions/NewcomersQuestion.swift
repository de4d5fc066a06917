import AlmanacReplica

/// `almanac newcomers`: the clusters that a source calls new entrants in an edition of the ranking.
public struct NewcomersQuestion: Question {
    public var edition: String?

    public init(edition: String? = nil) { self.edition = edition }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_newcomers")
        let edition = try RankingEdition.find(edition, in: dataset)
        let answer = try dataset.answer(
            "newcomer",
            [
                .init("rank", "#"), .init("name", "cluster"), .init("economies", "economy"),
                .init("statement"), .init("source", nil, .prose), .init("rank_source", "source of the rank"),
                .init("cluster", nil, .hidden),
                .init("subject", nil, .hidden), .init("edition", nil, .hidden), .init("qualifier", nil, .hidden),
                .init("says", nil, .hidden), .init("contradictions", nil, .hidden), .init("source_url", nil, .hidden),
            ],
            """
            SELECT rank, name, economies, group_concat(DISTINCT statement) AS statement,
                replace(group_concat(DISTINCT source), ',', ', ') AS source, rank_source, cluster, subject, edition,
                group_concat(DISTINCT qualifier) AS qualifier, max(says) AS says, group_concat(DISTINCT contradictions) AS contradictions,
                group_concat(DISTINCT source_url) AS source_url
            FROM answer_newcomers WHERE is_named AND edition = ?1 GROUP BY subject ORDER BY rank IS NULL, rank, name
            """, .text(edition.key))
        return Reply(answer, notes: try notes(edition, in: dataset))
    }

    private func notes(_ edition: RankingEdition, in dataset: DatasetReader) throws -> [String] {
        let named = try dataset.rows(
            """
            SELECT source, count(DISTINCT subject) AS named FROM answer_newcomers
            WHERE is_named AND edition = ?1 GROUP BY source ORDER BY source
            """, .text(edition.key))
        let others = try dataset.rows(
            "SELECT * FROM answer_newcomers WHERE NOT is_named AND edition = ?1 ORDER BY statement", .text(edition.key))
        var notes = others.map { row in
            let source = row.text("source") ?? ""
            let count = named.first { $0.text("source") == source }?.integer("named") ?? 0
            let names = row.real("value") == nil ? "" : "; it names \(count)"
            return "\(source) states (\(row.text("statement") ?? "")): \(row.text("says") ?? "")\(names)."
        }
        notes += try ContradictionNotes(dataset).notes(of: ContradictionNotes.keys(others))
        notes.append(
            "Only what a source calls new is here: a rank that is not known in \(edition.before ?? "the edition before") says nothing."
        )
        return notes
    }
}
