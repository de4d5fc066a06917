import AlmanacReplica

/// What was awarded to hubs in each round, beside what sources state of the whole programme.
struct HubRounds {
    let answer: Answer
    /// One for each round of implementation awards, and one for each figure that a source states.
    let sentences: [String]
    let contradictions: Set<String>
    /// A note that names them.
    let sources: [String]

    init(_ dataset: DatasetReader) throws {
        let rows = try dataset.rows("SELECT * FROM answer_hub_rounds ORDER BY basis, kind DESC, round IS NULL, round, statement")
        answer = Answer(
            kind: "hub_round", columns: Self.columns,
            rows: rows.map { row in
                Self.columns.map { $0.name == "announced" ? .text(Self.announced(row)) : row[$0.name] }
            })
        sentences = rows.filter { $0.text("kind") == "implementation" }.map(Self.sentence)
        contradictions = ContradictionNotes.keys(rows)
        sources = SourceNote.notes(of: rows)
    }

    private static let columns: [Answer.Column] =
        [
            .init("basis"), .init("kind", "award", .prose), .init("round"), .init("hubs"), .init("announced", nil, .prose),
            .init("paid", "paid", .grouped), .init("source", nil, .prose), .init("statement"),
        ]
        + [
            "amount", "currency", "awards", "awards_paid", "programme", "stated", "qualifier", "precision", "contradictions",
            "note",
            "source_url",
        ].map { .init($0, nil, .hidden) }

    /// The sum, or what is stated.
    private static func announced(_ row: DatasetRow) -> String {
        if let stated = row.text("stated") { return stated }
        return [row.text("currency"), row.real("amount").map(FigureText.number)].compactMap(\.self).joined(separator: " ")
    }

    private static func sentence(_ row: DatasetRow) -> String {
        let round = row.text("round") ?? "round not known"
        if row.text("basis") == "stated" {
            let reference = [row.text("source"), row.text("statement")].compactMap(\.self).joined(separator: ", ")
            return "\(round): \(row.text("stated") ?? "") is what \(reference) states."
        }
        return "\(round): the implementation awards to \(row.integer("hubs") ?? 0) hubs, one by one, add up to \(announced(row))."
    }
}
