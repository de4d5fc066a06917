import AlmanacReplica

/// The values of answers as people and programs read them.
enum AnswerText {
    static func isNumber(_ cell: Answer.Cell, _ style: Answer.Style) -> Bool {
        if case .sparkline = style { return false }
        switch cell {
        case .null, .integer, .real: return true
        case .text, .blob: return false
        }
    }

    static func shown(_ cell: Answer.Cell, _ style: Answer.Style, isPlain: Bool) -> Answer.Cell {
        switch (style, cell) {
        case (.grouped, .integer(let number)): .text(Words.grouped(number))
        case (.grouped, .real(let number)): .text(grouped(number))
        case (.percent, .integer(let number)): .text("\(number) %")
        case (.percent, .real(let number)): .text("\(CellText.real(number)) %")
        case (.change, .integer(let number)): .text(change(number))
        case (.sparkline(let lowerIsBetter), .text(let json)):
            .text(Sparkline(json: json).map { $0.text(lowerIsBetter: lowerIsBetter, isPlain: isPlain) } ?? json)
        case (.list, .text(let json)): .text(TextList(json: json)?.elements.joined(separator: ", ") ?? json)
        default: cell
        }
    }

    static func json(_ cell: Answer.Cell, _ style: Answer.Style) -> JSONValue {
        if case .sparkline = style, case .text(let json) = cell, let line = Sparkline(json: json) { return line.json }
        if style == .list || style == .hiddenList, case .text(let json) = cell, let list = TextList(json: json) {
            return list.json
        }
        return CellText.json(cell)
    }

    static func members(_ row: [Answer.Cell], of answer: Answer) -> [JSONMember] {
        zip(answer.columns, row).map { JSONMember($0.name, json($1, $0.style)) }
    }

    private static func change(_ number: Int64) -> String { number > 0 ? "+\(number)" : number == 0 ? "=" : "\(number)" }

    /// The digits before the point in threes; those behind it as they are.
    private static func grouped(_ number: Double) -> String {
        let digits = CellText.real(number)
        guard !digits.contains("e"), let whole = Int64(digits.prefix { $0 != "." }) else { return digits }
        let sign = whole == 0 && number < 0 ? "-" : ""
        return sign + Words.grouped(whole) + digits.drop { $0 != "." }
    }
}
