import AlmanacReplica

/// Reads a replica of the dataset of innovation clusters, with the answer views of this program. For one task at a time.
public final class DatasetReader {
    private let query: RawQuery
    private let timeout: Duration

    /// Opens a replica, which stays as it is. Throws ``RawQuery/Failure``.
    public convenience init(path: String, timeout: Duration = .seconds(60)) throws {
        self.init(try RawQuery(path: path, views: AnswerViews.all), timeout: timeout)
    }

    /// Reads through a connection that offers ``AnswerViews/all``.
    public init(_ query: RawQuery, timeout: Duration = .seconds(60)) {
        self.query = query
        self.timeout = timeout
    }

    /// The n-th binding is the value of `?n`.
    public func rows(_ sql: String, _ bindings: Answer.Cell...) throws -> [DatasetRow] { try rows(sql, bindings) }

    func rows(_ sql: String, _ bindings: [Answer.Cell]) throws -> [DatasetRow] {
        var names: [String: Int] = [:]
        var rows: [DatasetRow] = []
        try query.run(sql, bindings, timeout: timeout) { columns in
            names = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
        } row: { cells in
            rows.append(DatasetRow(names: names, cells: cells))
            return true
        }
        return rows
    }

    func first(_ sql: String, _ bindings: Answer.Cell...) throws -> DatasetRow? { try rows(sql, bindings).first }

    /// An answer whose columns are those of the statement, in this order.
    func answer(_ kind: String, _ columns: [Answer.Column], _ sql: String, _ bindings: Answer.Cell...) throws -> Answer {
        try answer(kind, columns, sql, bindings)
    }

    func answer(_ kind: String, _ columns: [Answer.Column], _ sql: String, _ bindings: [Answer.Cell]) throws -> Answer {
        let names = columns.map(\.name)
        let rows = try rows(sql, bindings)
        return Answer(kind: kind, columns: columns, rows: rows.map { row in names.map { row[$0] } })
    }

    /// Whether there is this collection or answer view.
    func has(_ name: String) -> Bool { query.viewNames.contains(name) }

    /// Throws ``QuestionError/notThisDataset(missing:)`` unless these collections or answer views are there.
    func require(_ names: String...) throws {
        let known = query.viewNames
        if let missing = names.first(where: { !known.contains($0) }) { throw QuestionError.notThisDataset(missing: missing) }
    }
}
