import AlmanacReplica

/// `almanac contradictions --revisions`: figures that a later edition gives differently.
public struct RevisionsQuestion: Question {
    public var name: String?

    /// Of one subject by name or key; nil for all.
    public init(_ name: String? = nil) { self.name = name }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_revisions")
        let subject = try name.map { try SubjectNames(dataset).find($0) }
        let rows: [DatasetRow]
        if let subject {
            let id = try dataset.first("SELECT id FROM subjects WHERE key = ?1", .text(subject.key))?["id"] ?? .null
            rows = try dataset.rows("SELECT * FROM answer_revisions WHERE subject_id = ?1 ORDER BY what, period", id)
        } else {
            rows = try dataset.rows("SELECT * FROM answer_revisions ORDER BY subject, what, period")
        }
        let revised = rows.filter { !$0.isTrue("is_rounding") }
        let rounded = rows.count - revised.count
        return Reply(
            Self.table.answer(revised),
            notes: rounded == 0
                ? [] : ["Left out: \(rounded) figures that differ only by how they are rounded; answer_revisions has them."])
    }

    private static var table: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("revision")
        table.same("subject")
        table.same("what", nil, .prose)
        table.same("period")
        table.same("value_before", "before", .grouped)
        table.same("value", "now", .grouped)
        table.same("edition_before", "in")
        table.same("edition", "and in")
        table.same("currency")
        table.same("unit")
        table.same("source_before", "source before")
        table.same("source")
        table.hidden("change", "indicator", "precision_before", "precision", "record_before", "record")
        return table
    }
}
