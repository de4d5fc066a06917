import AlmanacReplica

/// Why a statement is here: its words and its article, what it became, and what contradicts it.
struct StatementReasons {
    let statement: DatasetRow
    let dataset: DatasetReader

    init(_ statement: DatasetRow, _ dataset: DatasetReader) {
        self.statement = statement
        self.dataset = dataset
    }

    func reply() throws -> Reply {
        let id = statement["id"]
        let records = try dataset.rows("SELECT * FROM answer_why WHERE statement_id = ?1", id)
        let conflicting = try dataset.rows(
            """
            SELECT key, statement, article, subject, value_printed, edition_printed, publisher_printed FROM statements WHERE id IN (
                SELECT other_id FROM statement_conflicts WHERE statement_id = ?1
                UNION SELECT statement_id FROM statement_conflicts WHERE other_id = ?1) ORDER BY key
            """, id)
        return Reply(
            [
                .init(nil, try block(), as: .blocks), .init("What it became", WhyTables.records.answer(records)),
                .init("Contradictions", try ContradictionTables.contradictions(statement: id, in: dataset), as: .blocks),
                .init("Statements noted as conflicting", WhyTables.statements.answer(conflicting)),
            ], notes: records.isEmpty ? ["It became no record of its own: it is a claim in words."] : [])
    }

    private func block() throws -> Answer {
        let article = try dataset.first("SELECT title, url FROM sources WHERE id = ?1", statement["article_id"])
        let statement = statement
        var table = AnswerTable<DatasetRow>("statement")
        table.same("key")
        table.same("statement")
        table.add("article_title", "article") { _ in .text(article?.text("title")) }
        table.same("article", "source")
        table.add("url") { _ in article?["url"] ?? .null }
        table.same("publisher_printed", "published first by")
        table.same("subject_printed", "about, as printed")
        table.same("subject", "about")
        table.same("indicator_printed", "what, as printed")
        table.same("indicator", "what")
        table.same("value_printed", "value as printed")
        table.add("shown", "value as typed") { .text(FigureText($0).text) }
        for name in ["unit", "currency"] { table.same(name) }
        table.same("qualifier")
        table.same("precision")
        table.same("period")
        table.same("edition_printed", "edition as printed")
        table.same("edition")
        table.same("kind")
        table.same("notes")
        table.hidden("value", "lower", "upper", "year_from", "year_to", "publisher", "subject_type")
        return table.answer([statement])
    }
}
