import AlmanacReplica

extension KnownOfSubject {
    func wordSections() -> [Reply.Section] {
        section(
            "Parts", (parts["part"] ?? []).sorted { ($0.integer("position") ?? 0) < ($1.integer("position") ?? 0) }, Self.parts)
            + section("Relations", "relation", relations) + section("Trends", "trend", Self.trends)
            + section("Related, each with figures of its own", relatedRows(), Self.related)
            + section("Statements about it", "statement", Self.statements)
            + section("Contradictions that concern it", "contradiction", Self.contradictions)
    }

    private static var parts: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("part")
        table.same("position", "#")
        table.same("what", "part")
        table.same("says", "description", .prose)
        table.same("statement")
        table.same("source")
        table.hidden("record")
        return table
    }

    /// Read from the subject to the object, whichever of them this is.
    private var relations: AnswerTable<DatasetRow> {
        let name = subject.name
        func isIncoming(_ row: DatasetRow) -> Bool { row.text("kind") == "from" }
        var table = AnswerTable<DatasetRow>("relation")
        table.add("from", nil, .prose) { isIncoming($0) ? $0["says"] : .text(name) }
        table.same("what", "relation")
        table.add("to", nil, .prose) { isIncoming($0) ? .text(name) : $0["says"] }
        table.same("period")
        table.same("source")
        table.same("statement")
        table.hidden("other", "qualifier", "record", "note")
        return table
    }

    private static var trends: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("trend")
        table.same("what", "topic", .prose)
        table.same("says", "direction")
        table.same("period")
        table.same("source")
        table.same("statement")
        table.hidden("value_text", "qualifier", "edition", "record", "note")
        return table
    }

    private static var statements: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("statement")
        table.same("record", "key")
        table.same("what", "statement", .prose)
        table.same("source")
        table.hidden("kind", "says", "qualifier", "edition", "period", "note")
        return table
    }

    private static var contradictions: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("contradiction")
        table.same("record", "key", .prose)
        table.same("what", "topic", .prose)
        table.add("says", "explanation", .prose) {
            .text(ContradictionTables.explanation($0.text("says"), isExplained: $0.isTrue("value")))
        }
        table.add("is_explained", nil, .hidden) { .integer($0.isTrue("value") ? 1 : 0) }
        return table
    }

    private struct Related {
        let what: String
        let name: String
        let key: String?
    }

    /// More of one kind than this are counted: an economy has hundreds of organisations.
    private static let relatedLimit = 30

    private func relatedRows() -> [Related] {
        let groups = Dictionary(grouping: parts["related"] ?? []) { $0.text("what") ?? "" }
        return groups.keys.sorted().flatMap { what -> [Related] in
            let rows = groups[what] ?? []
            guard rows.count <= Self.relatedLimit || subject.kind == .group else {
                return [Related(what: what, name: "\(rows.count): answer_show has them", key: nil)]
            }
            return rows.sorted {
                ($0.integer("position") ?? 0, $0.text("says") ?? "") < ($1.integer("position") ?? 0, $1.text("says") ?? "")
            }
            .map { Related(what: what, name: $0.text("says") ?? "", key: $0.text("other")) }
        }
    }

    private static var related: AnswerTable<Related> {
        var table = AnswerTable<Related>("related")
        table.add("what", "as") { .text($0.what) }
        table.add("name", nil, .prose) { .text($0.name) }
        table.add("key", "almanac show", .prose) { .text($0.key) }
        return table
    }

    private func section(_ heading: String, _ rows: [Related], _ table: AnswerTable<Related>) -> [Reply.Section] {
        rows.isEmpty ? [] : [.init(heading, table.answer(rows))]
    }
}
