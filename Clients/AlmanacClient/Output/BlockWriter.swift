import AlmanacReplica

/// Rows one below the other, a line for each value, for people. A terminal gets lines that fit; nothing is cut anywhere.
public struct BlockWriter: RowWriter {
    private let width: Int?
    private let isRaw: Bool
    private let sink: TextSink
    private var titles: [String] = []
    private var isFirst = true

    static let gap = 2
    /// A value never gets less room, however narrow the terminal.
    static let minimumWidth = 12

    /// `width` is the terminal's, in columns; nil in a pipe.
    public init(width: Int?, isRaw: Bool, sink: @escaping TextSink) {
        self.width = width
        self.isRaw = isRaw
        self.sink = sink
    }

    public mutating func begin(_ columns: [String]) throws { titles = columns.map(safe) }

    public mutating func row(_ cells: [RawQuery.Cell]) throws {
        if !isFirst { try sink("\n") }
        isFirst = false
        let indent = (titles.map(DisplayWidth.of).max() ?? 0) + Self.gap
        for (title, cell) in zip(titles, cells) where cell != .null {
            var start = title + String(repeating: " ", count: indent - DisplayWidth.of(title))
            for line in lines(CellText.plain(cell, safe), indent: indent) {
                try sink(start + line + "\n")
                start = String(repeating: " ", count: indent)
            }
        }
    }

    public mutating func end() throws {}

    private func lines(_ text: String, indent: Int) -> [String] {
        guard let width else { return [text] }
        return WrappedText.lines(text, width: max(Self.minimumWidth, width - indent))
    }

    private func safe(_ text: String) -> String { isRaw ? text : Visible.text(text) }
}
