import AlmanacPackage
import AlmanacReplica

/// Comma-separated values (RFC 4180) with a line of names.
///
/// Unless raw, texts that a spreadsheet would run as a formula get an apostrophe before them; taking one apostrophe away from every
/// text that ``Formula/isGuarded(_:)`` gives the original back.
public struct CSVWriter: RowWriter {
    private let isRaw: Bool
    private let sink: TextSink

    public init(isRaw: Bool, sink: @escaping TextSink) {
        self.isRaw = isRaw
        self.sink = sink
    }

    public mutating func begin(_ columns: [String]) throws { try line(columns.map { CSVField.text(safe($0)) }) }

    public mutating func row(_ cells: [RawQuery.Cell]) throws {
        try line(
            cells.map { cell in
                if case .text(let text) = cell { return CSVField.text(safe(text)) }
                return CellText.plain(cell) { $0 }
            })
    }

    public mutating func end() throws {}

    private func line(_ fields: [String]) throws { try sink(fields.joined(separator: ",") + "\r\n") }

    private func safe(_ text: String) -> String { isRaw ? text : Visible.quotedText(Formula.guarded(text)) }
}
