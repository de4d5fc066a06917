import AlmanacModel
import AlmanacReplica

/// `almanac search`: what has all these words, accents and case aside.
public struct SearchQuestion: Question {
    public var words: String
    public var kind: String?
    public var top: Int?

    /// Each word of `words` is the beginning of a word of what is found. `kind` is one of `answer_search`, nil for all; `top` bounds how
    /// many are told.
    public init(_ words: String, kind: String? = nil, top: Int? = nil) {
        self.words = words
        self.kind = kind
        self.top = top
    }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_search")
        if let kind { try require(kind, in: dataset) }
        let rows =
            try dataset.rows("SELECT * FROM answer_search WHERE ?1 IS NULL OR kind = ?1", kind.map { .text($0) } ?? .null)
            + annotations(in: dataset)
        let found = Found.best(of: rows, for: SearchWords(words))
        let shown = Array(found.prefix(max(0, top ?? found.count)))
        return Reply(
            Self.table.answer(shown),
            notes: shown.count < found.count ? ["\(found.count) were found; these are the first \(shown.count)."] : [])
    }

    /// What people wrote: by the beginning of its id, and what it is about.
    private func annotations(in dataset: DatasetReader) throws -> [DatasetRow] {
        guard kind == nil || kind == Self.annotation, let view = Self.view, dataset.has(view) else { return [] }
        return try dataset.rows(
            """
            SELECT '\(Self.annotation)' AS kind, substr(uuid, 1, 8) AS key, coalesce(target_name, 'reply') AS name,
                text || coalesce(' ' || tags, '') AS text, 2 AS weight FROM \(view)
            """)
    }

    private static let annotation = "annotation"
    private static let view = Schema.system.collection(AnnotationSchema.collection)?.name.rawValue

    private func require(_ kind: String, in dataset: DatasetReader) throws {
        let known = try dataset.rows("SELECT DISTINCT kind FROM answer_search ORDER BY kind").compactMap { $0.text("kind") }
        guard known.contains(kind) || kind == Self.annotation else {
            throw QuestionError.unknownName(kind, kinds: "kind", near: known + [Self.annotation])
        }
    }

    private static var table: AnswerTable<Found> {
        var table = AnswerTable<Found>("found")
        table.add("kind") { .text($0.kind) }
        table.add("key", nil, .prose) { .text($0.key) }
        table.add("name", nil, .prose) { .text($0.name) }
        table.add("snippet", "where", .prose) { .text($0.snippet) }
        table.add("text", nil, .hidden) { .text($0.text) }
        return table
    }
}
