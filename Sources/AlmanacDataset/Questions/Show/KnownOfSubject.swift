import AlmanacReplica

/// The rows of `answer_show` for one subject, and what becomes of them.
struct KnownOfSubject {
    let subject: Subject
    let id: Answer.Cell
    let parts: [String: [DatasetRow]]
    let dataset: DatasetReader

    init(_ subject: Subject, in dataset: DatasetReader) throws {
        self.subject = subject
        self.dataset = dataset
        id = try dataset.first("SELECT id FROM subjects WHERE key = ?1", .text(subject.key))?["id"] ?? .null
        let rows = try dataset.rows("SELECT * FROM answer_show WHERE subject_id = ?1", id)
        parts = Dictionary(grouping: rows) { $0.text("part") ?? "" }
    }

    /// Without such rows, no section.
    func section(_ heading: String, _ part: String, _ table: AnswerTable<DatasetRow>) -> [Reply.Section] {
        section(heading, parts[part] ?? [], table)
    }

    func section(_ heading: String, _ rows: [DatasetRow], _ table: AnswerTable<DatasetRow>) -> [Reply.Section] {
        rows.isEmpty ? [] : [.init(heading, table.answer(rows))]
    }

    /// The places of a cluster, the clusters of a place: linked, never merged.
    private var areas: [DatasetRow] {
        let prefix: String? = subject.kind == .cluster ? "place" : subject.kind == .place ? "cluster" : nil
        guard let prefix else { return [] }
        return (parts["related"] ?? []).filter { $0.text("what")?.hasPrefix(prefix) == true }
    }

    /// The keys that ``notes()`` names.
    var linked: Set<String> { Set(areas.compactMap { $0.text("other") }) }

    /// What else has to be known to read this rightly.
    func notes() -> [String] {
        areas.compactMap { row in
            guard let name = row.text("says"), let key = row.text("other") else { return nil }
            return "\(name) (\(key.prefix { $0 != "/" })): its figures are its own: almanac show \(key)"
        }
    }
}
