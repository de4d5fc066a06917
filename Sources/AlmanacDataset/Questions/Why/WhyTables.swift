import AlmanacReplica

/// The tables of records with their sources.
enum WhyTables {
    /// Rows of `answer_why`.
    static var records: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("record")
        table.same("kind")
        table.same("subject")
        table.same("what", nil, .prose)
        table.add("shown", "says", .prose) { .text(says($0)) }
        table.same("period")
        table.same("edition")
        table.same("record", "key", .prose)
        table.hidden(
            "says", "value", "lower", "upper", "value_text", "unit", "currency", "precision", "qualifier", "source", "note")
        return table
    }

    /// The figure, and the words; all figures of a record that lacks its first one.
    static func says(_ row: DatasetRow) -> String? {
        let parts = [row.text("says"), FigureText(row).text].compactMap(\.self)
        return parts.isEmpty ? row.text("figures") : parts.joined(separator: ", ")
    }

    /// Statements with their words.
    static var statements: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("conflicting_statement")
        table.same("key")
        table.same("statement", nil, .prose)
        table.same("article", "source")
        table.hidden("subject", "value_printed", "edition_printed", "publisher_printed")
        return table
    }
}
