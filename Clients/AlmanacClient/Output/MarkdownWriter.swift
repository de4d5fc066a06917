import AlmanacReplica

/// A table of GitHub-flavoured Markdown. Nothing in a cell is taken for markup, and none breaks its row.
public struct MarkdownWriter: RowWriter {
    private let isRaw: Bool
    private let rightAligned: [Bool]?
    private let sink: TextSink

    /// `rightAligned` says it for each column; without it all columns stand left.
    public init(isRaw: Bool, rightAligned: [Bool]? = nil, sink: @escaping TextSink) {
        self.isRaw = isRaw
        self.rightAligned = rightAligned
        self.sink = sink
    }

    public mutating func begin(_ columns: [String]) throws {
        try line(columns.map { cell(.text($0)) })
        try line(columns.indices.map { rightAligned?[safe: $0] == true ? "--:" : "---" })
    }

    public mutating func row(_ cells: [RawQuery.Cell]) throws { try line(cells.map(cell)) }

    public mutating func end() throws {}

    private func line(_ cells: [String]) throws { try sink("| " + cells.joined(separator: " | ") + " |\n") }

    private func cell(_ cell: RawQuery.Cell) -> String {
        CellText.plain(cell) { Self.escaped(isRaw ? $0 : Visible.text($0)) }
    }

    /// A line break becomes a space: a cell has one line.
    public static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            if "\\`*_{}[]<>#|~&".unicodeScalars.contains(scalar) { escaped += "\\" }
            escaped.unicodeScalars.append(scalar.value == 10 || scalar.value == 13 ? " " : scalar)
        }
        return escaped
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
