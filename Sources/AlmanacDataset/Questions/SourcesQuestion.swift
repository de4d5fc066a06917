import AlmanacReplica

/// `almanac sources`: where the figures were read.
public struct SourcesQuestion: Question {
    public var words: String

    /// The key of a source, for one with what was taken from it; else words that have to stand in it, none for all.
    public init(_ words: String = "") { self.words = words }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_sources", "answer_why")
        if let one = try dataset.first("SELECT * FROM answer_sources WHERE source = ?1", .text(words)) {
            return try reply(one, in: dataset)
        }
        var rows = try dataset.rows("SELECT * FROM answer_sources ORDER BY source")
        let wanted = SearchWords(words)
        if !wanted.words.isEmpty {
            rows = rows.filter { row in
                let texts = ["source", "title", "publisher_name", "kind", "licence", "note"].compactMap { row.text($0) }
                return wanted.match(FoldedText(texts.joined(separator: " "))) != nil
            }
        }
        return Reply(Self.list.answer(rows))
    }

    private static var list: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("source")
        table.same("source", "key", .prose)
        table.same("title", nil, .prose)
        table.same("kind")
        counts(&table)
        table.same("publisher_name", "publisher", .prose)
        table.same("licence", nil, .prose)
        table.same("url", nil, .prose)
        table.hidden("publisher", "published", "note")
        return table
    }

    private static func counts(_ table: inout AnswerTable<DatasetRow>) {
        for name in ["figures", "money", "statements", "others"] {
            table.add(name, nil, .grouped) { $0.integer(name) == 0 ? .null : $0[name] }
        }
    }

    private static var block: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("source")
        for name in ["source", "title", "kind"] { table.same(name) }
        table.same("publisher_name", "publisher")
        for name in ["published", "licence", "url", "note"] { table.same(name) }
        counts(&table)
        table.hidden("publisher")
        return table
    }

    private static let takenLimit = 200

    private func reply(_ source: DatasetRow, in dataset: DatasetReader) throws -> Reply {
        let taken = try dataset.rows(
            "SELECT * FROM answer_why WHERE source_id = ?1 LIMIT ?2", source["source_id"], .count(Self.takenLimit))
        let statements = try dataset.rows(
            "SELECT key, statement, subject, kind FROM statements WHERE article_id = ?1 ORDER BY key", source["source_id"])
        var statementTable = AnswerTable<DatasetRow>("statement")
        statementTable.same("key")
        statementTable.same("statement", nil, .prose)
        statementTable.hidden("subject", "kind")
        return Reply(
            [
                .init(source.text("title"), Self.block.answer([source]), as: .blocks),
                .init("Records", WhyTables.records.answer(taken)), .init("Statements", statementTable.answer(statements)),
            ],
            notes: taken.count < Self.takenLimit
                ? []
                : ["These are the first \(taken.count) records; answer_why has all: source = '\(source.text("source") ?? "")'."])
    }
}
