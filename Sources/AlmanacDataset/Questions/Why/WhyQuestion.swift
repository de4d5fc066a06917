import AlmanacReplica

/// `almanac why`: where a statement or a figure comes from, and what speaks against it.
public struct WhyQuestion: Question {
    public var key: String

    /// The key of a statement (`000-019`), or of a record that has a source.
    public init(_ key: String) { self.key = key }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_why", "answer_contradiction_sides", "statements")
        if let statement = try dataset.first("SELECT * FROM statements WHERE key = ?1", .text(key)) {
            return try StatementReasons(statement, dataset).reply()
        }
        let records = try dataset.rows("SELECT * FROM answer_why WHERE record = ?1", .text(key))
        guard !records.isEmpty else { throw try unknown(in: dataset) }
        return try RecordReasons(records, dataset).reply()
    }

    /// Near are the statements of the same article, and records whose key begins alike.
    private func unknown(in dataset: DatasetReader) throws -> QuestionError {
        let near = try dataset.rows(
            """
            SELECT key FROM statements WHERE substr(key, 1, 4) = substr(?1, 1, 4)
            UNION ALL SELECT record FROM answer_why WHERE substr(record, 1, length(?1)) = ?1 LIMIT 5
            """, .text(key))
        return .unknownName(key, kinds: "statement or record", near: near.compactMap { $0.text("key") })
    }
}
