import AlmanacReplica

/// `almanac frameworks`: models and lists of factors, with their parts in order.
public struct FrameworksQuestion: Question {
    public var name: String?

    /// Only the framework with this name.
    public init(name: String? = nil) { self.name = name }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_frameworks")
        let subject = try name.map { try SubjectNames(dataset).find($0, kinds: [.framework]) }
        let answer = try dataset.answer(
            "framework_part",
            [
                .init("name", "framework", subject == nil ? .plain : .hidden), .init("position", "#"), .init("part"),
                .init("part_description", "description", .prose), .init("part_statement", "statement"), .init("source"),
                .init("framework", nil, .hidden), .init("description", nil, .hidden), .init("expected_parts", nil, .hidden),
                .init("statement", nil, .hidden), .init("source_url", nil, .hidden),
            ],
            """
            SELECT * FROM answer_frameworks WHERE ?1 IS NULL OR subject = ?1 ORDER BY source, name, framework, position, part
            """, subject.map { .text($0.key) } ?? .null)
        return Reply([Reply.Section(subject?.name, answer)], notes: try notes(subject, in: dataset))
    }

    private func notes(_ subject: Subject?, in dataset: DatasetReader) throws -> [String] {
        let rows = try dataset.rows(
            """
            SELECT name, max(description) AS description, max(statement) AS statement, max(source) AS source,
                max(expected_parts) AS expected, count(part) AS parts
            FROM answer_frameworks WHERE ?1 IS NULL OR subject = ?1 GROUP BY framework ORDER BY source, name
            """, subject.map { .text($0.key) } ?? .null)
        var notes: [String] = []
        if subject != nil, let row = rows.first, let description = row.text("description") {
            notes.append(
                "\(description) (\([row.text("statement"), row.text("source")].compactMap(\.self).joined(separator: ", ")))")
        }
        for row in rows {
            if let expected = row.integer("expected"), let parts = row.integer("parts"), expected != parts {
                notes.append("\(row.text("name") ?? ""): the source announces \(expected) parts, \(parts) are known here.")
            }
        }
        return notes
    }
}
