import AlmanacReplica

/// Rows as lists of Markdown, an item for each value, with a rule between rows.
public struct MarkdownBlockWriter: RowWriter {
    private let isRaw: Bool
    private let sink: TextSink
    private var titles: [String] = []
    private var isFirst = true

    public init(isRaw: Bool, sink: @escaping TextSink) {
        self.isRaw = isRaw
        self.sink = sink
    }

    public mutating func begin(_ columns: [String]) throws { titles = columns.map(safe) }

    public mutating func row(_ cells: [RawQuery.Cell]) throws {
        if !isFirst { try sink("\n---\n\n") }
        isFirst = false
        for (title, cell) in zip(titles, cells) where cell != .null {
            try sink("- **\(title)**: \(CellText.plain(cell, safe))\n")
        }
    }

    public mutating func end() throws {}

    private func safe(_ text: String) -> String { MarkdownWriter.escaped(isRaw ? text : Visible.text(text)) }
}
