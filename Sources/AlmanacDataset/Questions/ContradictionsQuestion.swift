import AlmanacReplica

/// `almanac contradictions`: where sources disagree, and why.
public struct ContradictionsQuestion: Question {
    public var name: String?
    public var isExplained: Bool?
    public var cause: String?

    /// `name` is the key of a contradiction, or that or the name of a subject; `isExplained` keeps those that are, or are not; `cause` is
    /// one of the causes that they name.
    public init(_ name: String? = nil, isExplained: Bool? = nil, cause: String? = nil) {
        self.name = name
        self.isExplained = isExplained
        self.cause = cause
    }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_contradictions", "answer_contradiction_sides")
        var rows = try chosen(in: dataset)
        if let isExplained { rows = rows.filter { $0.isTrue("is_explained") == isExplained } }
        if let cause { rows = try withCause(cause, rows, in: dataset) }
        let sides = try rows.map { row in
            try dataset.rows("SELECT * FROM answer_contradiction_sides WHERE contradiction_id = ?1", row["contradiction_id"])
        }
        return Reply(
            zip(rows, sides).flatMap { row, sides in
                [
                    Reply.Section(row.text("topic"), ContradictionTables.list(isUnderTopic: true).answer([row]), as: .blocks),
                    Reply.Section(sides.isEmpty ? nil : "Sides of \(row.text("contradiction") ?? "")", Self.sides.answer(sides)),
                ]
            },
            notes: rows.isEmpty ? ["No contradiction is recorded here; that does not say that all sources agree."] : [])
    }

    private func chosen(in dataset: DatasetReader) throws -> [DatasetRow] {
        let order = "ORDER BY contradiction"
        guard let name else { return try dataset.rows("SELECT * FROM answer_contradictions \(order)") }
        let byKey = try dataset.rows(
            "SELECT * FROM answer_contradictions WHERE contradiction = ?1 OR lower(contradiction) = lower(?1)", .text(name))
        guard byKey.isEmpty else { return byKey }
        let subject = try SubjectNames(dataset).find(name)
        return try dataset.rows(
            """
            SELECT * FROM answer_contradictions WHERE contradiction_id IN (
                SELECT contradiction_id FROM contradiction_subjects
                WHERE subject_id = (SELECT id FROM subjects WHERE key = ?1)) \(order)
            """, .text(subject.key))
    }

    private func withCause(_ cause: String, _ rows: [DatasetRow], in dataset: DatasetReader) throws -> [DatasetRow] {
        func causes(_ row: DatasetRow) -> [String] {
            row.text("causes").map { ContradictionTables.causes($0).split(separator: ", ").map(String.init) } ?? []
        }
        let known = Set(try dataset.rows("SELECT causes FROM contradictions").flatMap(causes))
        guard known.contains(cause) else {
            throw QuestionError.unknownName(cause, kinds: "cause of contradictions", near: known.sorted())
        }
        return rows.filter { causes($0).contains(cause) }
    }

    private static var sides: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("side")
        table.same("record", "key", .prose)
        table.same("says", nil, .prose)
        table.same("source")
        table.same("first_publisher", "published first by", .prose)
        table.same("kind")
        table.hidden("statement", "contradiction")
        return table
    }
}
