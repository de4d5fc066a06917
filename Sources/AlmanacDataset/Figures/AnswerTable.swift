import AlmanacReplica

/// How rows of some type become an answer.
struct AnswerTable<Row> {
    let kind: String
    private(set) var columns: [(column: Answer.Column, cell: (Row) -> Answer.Cell)] = []

    init(_ kind: String) { self.kind = kind }

    mutating func add(
        _ name: String, _ title: String? = nil, _ style: Answer.Style = .plain, _ cell: @escaping (Row) -> Answer.Cell
    ) {
        columns.append((Answer.Column(name, title, style), cell))
    }

    func answer(_ rows: [Row]) -> Answer {
        Answer(kind: kind, columns: columns.map(\.column), rows: rows.map { row in columns.map { $0.cell(row) } })
    }
}

extension AnswerTable where Row == DatasetRow {
    /// The row's own column of this name.
    mutating func same(_ name: String, _ title: String? = nil, _ style: Answer.Style = .plain) {
        add(name, title, style) { $0[name] }
    }

    mutating func hidden(_ names: String...) {
        for name in names { add(name, nil, .hidden) { $0[name] } }
    }

    /// The figure for people, and its parts for programs.
    mutating func figure(_ title: String = "value") {
        add("shown", title, .prose) { .text(FigureText($0).text) }
        hidden("value", "lower", "upper", "value_text", "unit", "currency", "precision", "qualifier")
    }
}

extension Answer.Cell {
    /// Null for nil.
    static func text(_ text: String?) -> Answer.Cell { text.map { .text($0) } ?? .null }

    static func count(_ number: Int) -> Answer.Cell { .integer(Int64(number)) }
}
