import AlmanacReplica

/// Why a record is here: its source, edition, method, and the statement that it came from.
struct RecordReasons {
    let records: [DatasetRow]
    let dataset: DatasetReader

    init(_ records: [DatasetRow], _ dataset: DatasetReader) {
        self.records = records
        self.dataset = dataset
    }

    func reply() throws -> Reply {
        let reasons = try records.map(reason)
        let contradictions = try records.flatMap { try self.contradictions($0) }
        return Reply([
            .init(nil, Self.table.answer(reasons), as: .blocks),
            .init("Contradictions", ContradictionTables.list.answer(contradictions), as: .blocks),
        ])
    }

    private struct Reason {
        let record: DatasetRow
        let source: DatasetRow?
        let edition: DatasetRow?
        let statement: DatasetRow?
    }

    private func reason(_ record: DatasetRow) throws -> Reason {
        Reason(
            record: record,
            source: try dataset.first(
                """
                SELECT s.title AS title, s.url AS url, s.licence AS licence, p.name AS publisher
                FROM sources AS s LEFT JOIN publishers AS p ON p.id = s.publisher_id WHERE s.id = ?1
                """, record["source_id"]),
            edition: try dataset.first(
                "SELECT name, method, method_change, previous FROM editions WHERE id = ?1", record["edition_id"]),
            statement: try dataset.first("SELECT key, statement FROM statements WHERE id = ?1", record["statement_id"]))
    }

    private func contradictions(_ record: DatasetRow) throws -> [DatasetRow] {
        guard let key = record.text("record"), let kind = record.text("kind") else { return [] }
        return try dataset.rows(
            """
            SELECT * FROM answer_contradictions WHERE contradiction_id IN (
                SELECT contradiction_id FROM answer_contradiction_sides
                WHERE (kind = ?1 AND record = ?2) OR statement_id = ?3)
            """, .text(kind), .text(key), record["statement_id"])
    }

    private static var table: AnswerTable<Reason> {
        var table = AnswerTable<Reason>("record")
        for name in ["kind", "record", "subject", "what"] { table.add(name) { $0.record[name] } }
        table.add("shown", "says") { .text(WhyTables.says($0.record)) }
        table.add("figures", "all its figures") { $0.record["figures"] }
        table.add("printed", "name as printed") { $0.record["printed"] }
        for name in ["period", "qualifier", "precision", "note"] { table.add(name) { $0.record[name] } }
        table.add("edition") { $0.record["edition"] }
        table.add("edition_name", "name of the edition") { $0.edition?["name"] ?? .null }
        table.add("method") { $0.edition?["method"] ?? .null }
        table.add("method_change", "what changed in it") { $0.edition?["method_change"] ?? .null }
        table.add("source") { $0.record["source"] }
        for name in ["title", "publisher", "url", "licence"] { table.add("source_\(name)", name) { $0.source?[name] ?? .null } }
        table.add("statement") { $0.record["statement"] }
        table.add("statement_text", "its words") { $0.statement?["statement"] ?? .null }
        for name in ["value", "lower", "upper", "value_text", "unit", "currency"] {
            table.add(name, nil, .hidden) { $0.record[name] }
        }
        return table
    }
}
