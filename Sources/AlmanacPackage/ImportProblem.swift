/// One thing that is wrong with a table: where, what, and which rule it broke.
public struct ImportProblem: Hashable, Sendable {
    public let file: String
    /// The row of data, from 1; nil for the header or the whole file.
    public let row: Int?
    /// The line of the file, from 1; a quoted value may span several. Nil for what stands in no file of lines.
    public let line: Int?
    public let column: String?
    /// Made safe to show, and shortened.
    public let value: String?
    public let rule: ImportRule

    /// - Parameter value: as it is in the file; it is made safe to show here.
    public init(file: String, row: Int?, line: Int?, column: String?, value: String?, rule: ImportRule) {
        self.init(file: file, row: row, line: line, column: column, shown: value.map { VisibleText.shortened($0) }, rule: rule)
    }

    init(file: String, row: Int?, line: Int?, column: String?, shown value: String?, rule: ImportRule) {
        self.file = file
        self.row = row
        self.line = line.flatMap { $0 > 0 ? $0 : nil }
        self.column = column
        self.value = value
        self.rule = rule
    }
}

extension ImportProblem: CustomStringConvertible {
    /// A sentence: `clusters.csv, row 12 (line 13), column rank: "abc" is not of type integer.`
    public var description: String {
        let lineText = line.map { "line \($0)" }
        let place = row.map { "row \($0)\(lineText.map { " (\($0))" } ?? "")" } ?? lineText
        let parts = [VisibleText.shortened(file, limit: 500), place, column.map { "column \(VisibleText.shortened($0))" }]
        return "\(parts.compactMap(\.self).joined(separator: ", ")): \(subject)\(rule)."
    }

    private var subject: String {
        if let value { return "\"\(value)\" " }
        switch rule {
        case .emptyFile: return ""
        case .tooManyColumns, .columnCount: return "the line "
        case .unknownColumn, .unmappedColumn, .repeatedColumn, .missingColumn: return "the column "
        default: return "the value "
        }
    }
}
