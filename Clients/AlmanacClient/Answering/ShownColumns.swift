import AlmanacReplica

/// What people see of an answer: without hidden columns and columns in which nothing stands, values in their style.
struct ShownColumns {
    let titles: [String]
    let areNumbers: [Bool]
    let areProse: [Bool]
    let rows: [[Answer.Cell]]

    init(_ answer: Answer, isPlain: Bool) {
        let shown = answer.columns.indices.filter { index in
            !answer.columns[index].style.isHidden && answer.rows.contains { $0[index] != .null }
        }
        titles = shown.map { answer.columns[$0].title }
        areNumbers = shown.map { index in
            answer.rows.allSatisfy { AnswerText.isNumber($0[index], answer.columns[index].style) }
        }
        areProse = shown.map { answer.columns[$0].style == .prose }
        rows = answer.rows.map { row in
            shown.map { AnswerText.shown(row[$0], answer.columns[$0].style, isPlain: isPlain) }
        }
    }

    func write(into writer: inout some RowWriter) throws {
        try writer.begin(titles)
        for row in rows { try writer.row(row) }
        try writer.end()
    }
}
