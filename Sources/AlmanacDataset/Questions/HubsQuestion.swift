import AlmanacReplica

/// `almanac hubs`: the technology hubs of the United States and what was awarded to them.
public struct HubsQuestion: Question {
    /// A row for each hub, or for each round of awards.
    public enum Table: Hashable, Sendable {
        case hubs, rounds
    }

    public var table: Table
    public var state: String?
    public var technology: String?
    public var isFunded: Bool

    /// `technology` is words of it, or how one begins. `isFunded` leaves hubs with an implementation award.
    public init(_ table: Table = .hubs, state: String? = nil, technology: String? = nil, isFunded: Bool = false) {
        self.table = table
        self.state = state
        self.technology = technology
        self.isFunded = isFunded
    }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_hubs", "answer_hub_rounds")
        let rounds = try HubRounds(dataset)
        switch table {
        case .rounds:
            return Reply(
                rounds.answer,
                notes: [Self.paid] + rounds.sources + (try ContradictionNotes(dataset).notes(of: rounds.contradictions)))
        case .hubs:
            let rows = try hubs(in: dataset)
            let answer = Answer(kind: "hub", columns: Self.columns, rows: rows.map { row in Self.columns.map { row[$0.name] } })
            return Reply(answer, notes: try notes(rounds, rows, in: dataset))
        }
    }

    private func hubs(in dataset: DatasetReader) throws -> [DatasetRow] {
        let place = try state.map { try SubjectNames(dataset).find($0, kinds: [.place]) }
        let rows = try dataset.rows(
            """
            SELECT *, (SELECT group_concat(value, ', ') FROM json_each(states)) AS state_names,
                CASE WHEN awarded IS NOT NULL OR accelerator IS NOT NULL THEN coalesce(paid, 'unknown') END AS paid_known,
                coalesce(replace(award_sources, ',', ', '), source) AS source_known
            FROM answer_hubs
            WHERE (?1 IS NULL OR EXISTS (SELECT 1 FROM json_each(state_keys) WHERE value = ?1)) AND (NOT ?2 OR awarded IS NOT NULL)
            ORDER BY round IS NULL, round, name
            """, place.map { .text($0.key) } ?? .null, .integer(isFunded ? 1 : 0))
        guard let wanted = technology.map(FoldedText.init) else { return rows }
        return rows.filter { FoldedText($0.text("technology") ?? "").contains(wanted) }
    }

    private static let columns: [Answer.Column] =
        [
            .init("name", "hub", .prose), .init("state_names", "state", .prose), .init("awarded_stated", "announced", .prose),
            .init("paid_known", "paid", .grouped), .init("source_known", "source", .prose), .init("round"),
            .init("accelerator_stated", "accelerator"), .init("technology", nil, .prose), .init("lead", nil, .prose),
        ]
        + [
            "hub", "awarded", "accelerator", "paid", "currency", "states", "lead_printed", "designated", "programme",
            "contradictions", "source", "source_url", "award_sources", "urls", "notes",
        ].map { .init($0, nil, .hidden) }

    private static let paid = "Announced is not paid: what was paid is unknown unless a source says it."

    /// Of the rounds only where all hubs are asked for: they are sums over all.
    private func notes(_ rounds: HubRounds, _ rows: [DatasetRow], in dataset: DatasetReader) throws -> [String] {
        let isAll = state == nil && technology == nil
        var keys = ContradictionNotes.keys(rows)
        if isAll { keys.formUnion(rounds.contradictions) }
        return (isAll ? rounds.sentences : []) + [Self.paid] + SourceNote.notes(of: rows, in: "source_known")
            + (try ContradictionNotes(dataset).notes(of: keys))
    }
}
