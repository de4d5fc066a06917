import AlmanacReplica

/// `almanac compare`: the figures of several subjects side by side. Only figures of one indicator, period, edition, unit and currency stand
/// on one row.
public struct CompareQuestion: Question {
    public var names: [String]

    /// At least two names, aliases or keys.
    public init(_ names: [String]) { self.names = names }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_compare")
        let known = try SubjectNames(dataset)
        let subjects = try names.map { try known.find($0) }
        for subject in subjects {
            let alike = zip(names, subjects).filter { $1 == subject }.map(\.0)
            guard alike.count == 1 else { throw QuestionError.sameSubject(alike, key: subject.key) }
        }
        let figures = try subjects.map { subject in
            let id = try dataset.first("SELECT id FROM subjects WHERE key = ?1", .text(subject.key))?["id"] ?? .null
            return try dataset.rows("SELECT * FROM answer_compare WHERE subject_id = ?1", id)
        }
        let rows = ComparedRow.all(of: figures)
        let shared = rows.filter { $0.count > 1 }
        let alone = rows.filter { $0.count == 1 }
        return Reply(
            [.init(shared.isEmpty ? nil : "Side by side", Self.table(subjects).answer(shared))]
                + Self.alone(subjects, alone),
            notes: try notes(subjects, shared, alone, in: dataset))
    }

    private static func table(_ subjects: [Subject]) -> AnswerTable<ComparedRow> {
        var table = AnswerTable<ComparedRow>("comparison")
        table.add("what", nil, .prose) { .text($0.identity.what) }
        table.add("period") { .text($0.identity.period) }
        let names = titles(subjects)
        for (index, subject) in subjects.enumerated() {
            table.add(subject.key, names[index]) { .text($0.figures[index].flatMap { FigureText($0).text }) }
        }
        table.add("edition") { .text($0.identity.edition) }
        table.add("sources", "source") { .text($0.sources.joined(separator: " ")) }
        table.add("indicator", nil, .hidden) { .text($0.identity.indicator) }
        for (index, subject) in subjects.enumerated() {
            table.add("\(subject.key) value", nil, .hidden) { $0.figures[index]?["value"] ?? .null }
            table.add("\(subject.key) precision", nil, .hidden) { $0.figures[index]?["precision"] ?? .null }
            table.add("\(subject.key) record", nil, .hidden) { $0.figures[index]?["record"] ?? .null }
        }
        return table
    }

    /// A name that two subjects share is told apart by the kind.
    private static func titles(_ subjects: [Subject]) -> [String] {
        subjects.map { subject in
            subjects.count(where: { $0.name == subject.name }) > 1 ? subject.key : subject.name
        }
    }

    private static func alone(_ subjects: [Subject], _ rows: [ComparedRow]) -> [Reply.Section] {
        rows.isEmpty ? [] : [.init("Only one has a figure of this indicator, period and edition", table(subjects).answer(rows))]
    }

    private func notes(
        _ subjects: [Subject], _ shared: [ComparedRow], _ alone: [ComparedRow], in dataset: DatasetReader
    ) throws -> [String] {
        var notes: [String] = []
        let kinds = Set(subjects.map(\.kind))
        if kinds.count > 1 {
            let each = subjects.map { "\($0.name) is a \($0.kind.rawValue)" }.joined(separator: ", ")
            notes.append("\(each): figures of different kinds of areas do not measure the same, and are no ranking.")
        }
        if shared.isEmpty {
            notes.append("No figure of the same indicator, period and edition is known of more than one of them.")
        }
        let used = Set((shared + alone).compactMap(\.identity.edition))
        let changes = try dataset.rows("SELECT key, method_change FROM editions WHERE method_change IS NOT NULL ORDER BY year")
        for row in changes {
            guard let key = row.text("key"), used.contains(key), let change = row.text("method_change") else { continue }
            notes.append("The method changed in \(key): \(change) Ranks before and after are not one series.")
        }
        return notes
    }
}
