import AlmanacReplica

/// A table for people. On a terminal it fits, with a mark wherever something is cut; in a pipe nothing is.
public struct TableWriter: RowWriter {
    private let limit: Int?
    private let isRaw: Bool
    private let mark: Character
    private let sink: TextSink
    private var columns: [String] = []
    private var areNumbers: [Bool] = []
    private var waiting: [[RawQuery.Cell]] = []
    private var layout: TableLayout?

    /// The widths follow the first rows; all are not kept.
    static let sampleCount = 500

    /// `width` is the terminal's, in columns; nil in a pipe. `isPlain` keeps to ASCII.
    public init(width: Int?, isRaw: Bool, isPlain: Bool, sink: @escaping TextSink) {
        limit = width
        self.isRaw = isRaw
        mark = isPlain ? ">" : "…"
        self.sink = sink
    }

    /// Columns for which the terminal had no room.
    public var hiddenColumnCount: Int { layout?.hiddenCount ?? 0 }

    public mutating func begin(_ columns: [String]) throws {
        self.columns = columns.map(safe)
        areNumbers = columns.map { _ in true }
    }

    public mutating func row(_ cells: [RawQuery.Cell]) throws {
        guard layout == nil else { return try write(cells) }
        waiting.append(cells)
        if waiting.count >= Self.sampleCount { try arrange() }
    }

    public mutating func end() throws {
        if layout == nil { try arrange() }
    }

    private mutating func arrange() throws {
        var natural = columns.map(DisplayWidth.of)
        for cells in waiting {
            for (index, cell) in cells.enumerated() where index < natural.count {
                natural[index] = max(natural[index], DisplayWidth.of(text(cell)))
                if cell != .null, !CellText.isNumber(cell) { areNumbers[index] = false }
            }
        }
        layout = TableLayout(natural: natural, limit: limit)
        try line(columns)
        for cells in waiting { try write(cells) }
        waiting = []
    }

    private func write(_ cells: [RawQuery.Cell]) throws { try line(cells.map(text)) }

    private func line(_ texts: [String]) throws {
        guard let layout else { return }
        var line = ""
        for (index, (text, width)) in zip(texts, layout.widths).enumerated() {
            if index > 0 { line += String(repeating: " ", count: TableLayout.gap) }
            let shown = limit == nil ? text : DisplayWidth.cut(text, to: width, mark: mark)
            let padding = String(repeating: " ", count: max(0, width - DisplayWidth.of(shown)))
            line += areNumbers[index] ? padding + shown : shown + padding
        }
        if layout.hiddenCount > 0 { line += String(repeating: " ", count: TableLayout.gap) + String(mark) }
        while line.hasSuffix(" ") { line.removeLast() }
        try sink(line + "\n")
    }

    private func text(_ cell: RawQuery.Cell) -> String { CellText.plain(cell, safe) }

    private func safe(_ text: String) -> String { isRaw ? text : Visible.text(text) }
}
