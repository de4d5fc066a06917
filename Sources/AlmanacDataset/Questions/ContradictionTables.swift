import AlmanacReplica

/// Contradictions as blocks.
enum ContradictionTables {
    /// Rows of `answer_contradictions`.
    static var list: AnswerTable<DatasetRow> { list(isUnderTopic: false) }

    /// Under a heading that is the topic, people need not read it twice.
    static func list(isUnderTopic: Bool) -> AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("contradiction")
        table.same("contradiction", "key")
        table.same("topic", nil, isUnderTopic ? .hidden : .plain)
        table.same("positions")
        table.add("explanation") { .text(explanation($0.text("explanation"), isExplained: $0.isTrue("is_explained"))) }
        table.add("causes") { .text($0.text("causes").map(causes)) }
        table.same("scope")
        table.same("subjects", "about")
        table.hidden("is_explained", "sides")
        return table
    }

    /// What was found out without an explanation is no explanation.
    static func explanation(_ text: String?, isExplained: Bool) -> String? {
        isExplained ? text : "not explained" + (text.map { ": \($0)" } ?? "")
    }

    /// The texts of a JSON array of plain words.
    static func causes(_ json: String) -> String {
        json.split(whereSeparator: { "[],\"".contains($0) }).map(String.init).joined(separator: ", ")
    }

    static func contradictions(statement: Answer.Cell, in dataset: DatasetReader) throws -> Answer {
        list.answer(
            try dataset.rows(
                """
                SELECT * FROM answer_contradictions
                WHERE contradiction_id IN (SELECT contradiction_id FROM contradiction_sides WHERE statement_id = ?1)
                """, statement))
    }
}
