import AlmanacReplica

/// A table for people. On a terminal it fits, with a mark wherever something is cut; in a pipe nothing is.
public struct TableWriter: RowWriter {
    private let limit: Int?
    private let isRaw: Bool
    private let mark: Character
    private let rightAligned: [Bool]?
    private let wrapped: [Bool]
    private let minimum: Int
    private let sink: TextSink
    private var columns: [String] = []
    private var areNumbers: [Bool] = []
    private var waiting: [[RawQuery.Cell]] = []
    private var layout: TableLayout?

    /// The widths follow the first rows; all are not kept.
    static let sampleCount = 500

    /// `width` is the terminal's, in columns; nil in a pipe. `isPlain` keeps to ASCII. `rightAligned` says it for each column;
    /// without it columns of numbers stand right. Where `wrapped` says so, a text goes on in further lines instead of being cut; a
    /// table that gives it rather hides its last columns than cuts the others short.
    public init(
        width: Int?, isRaw: Bool, isPlain: Bool, rightAligned: [Bool]? = nil, wrapped: [Bool]? = nil, sink: @escaping TextSink
    ) {
        limit = width
        self.isRaw = isRaw
        mark = isPlain ? ">" : "…"
        self.rightAligned = rightAligned
        self.wrapped = wrapped ?? []
        minimum = wrapped == nil ? TableLayout.minimumWidth : TableLayout.minimumAnswerWidth
        self.sink = sink
    }

    /// Columns for which the terminal had no room.
    public var hiddenColumnCount: Int { layout?.hiddenCount ?? 0 }

    public mutating func begin(_ columns: [String]) throws {
        self.columns = columns.map(safe)
        areNumbers = rightAligned ?? columns.map { _ in true }
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
                if rightAligned == nil, cell != .null, !CellText.isNumber(cell) { areNumbers[index] = false }
            }
        }
        layout = TableLayout(natural: natural, limit: limit, wrapped: wrapped, minimum: minimum)
        try line(columns)
        for cells in waiting { try write(cells) }
        waiting = []
    }

    private func write(_ cells: [RawQuery.Cell]) throws {
        let texts = cells.map(text)
        guard let layout, limit != nil, wrapped.contains(true) else { return try line(texts) }
        let columns = zip(texts.indices, layout.widths).map { index, width in
            isWrapped(index) ? WrappedText.lines(texts[index], width: width) : [texts[index]]
        }
        for number in 0..<(columns.map(\.count).max() ?? 0) {
            try line(columns.map { number < $0.count ? $0[number] : "" }, isContinued: number > 0)
        }
    }

    private func isWrapped(_ index: Int) -> Bool { wrapped.indices.contains(index) && wrapped[index] }

    private func line(_ texts: [String], isContinued: Bool = false) throws {
        guard let layout else { return }
        var line = ""
        for (index, (text, width)) in zip(texts, layout.widths).enumerated() {
            if index > 0 { line += String(repeating: " ", count: TableLayout.gap) }
            let shown = limit == nil ? text : DisplayWidth.cut(text, to: width, mark: mark)
            let padding = String(repeating: " ", count: max(0, width - DisplayWidth.of(shown)))
            line += areNumbers[index] ? padding + shown : shown + padding
        }
        if layout.hiddenCount > 0, !isContinued { line += String(repeating: " ", count: TableLayout.gap) + String(mark) }
        while line.hasSuffix(" ") { line.removeLast() }
        try sink(line + "\n")
    }

    private func text(_ cell: RawQuery.Cell) -> String { CellText.plain(cell, safe) }

    private func safe(_ text: String) -> String { isRaw ? text : Visible.text(text) }
}
