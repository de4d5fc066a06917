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

    public mutating func begin(_ columns: [String]) throws { try line(columns.map { quoted(safe($0)) }) }

    public mutating func row(_ cells: [RawQuery.Cell]) throws {
        try line(
            cells.map { cell in
                // An empty text is not null.
                if case .text(let text) = cell { return text.isEmpty ? "\"\"" : quoted(safe(text)) }
                return CellText.plain(cell) { $0 }
            })
    }

    public mutating func end() throws {}

    private func line(_ fields: [String]) throws { try sink(fields.joined(separator: ",") + "\r\n") }

    private func safe(_ text: String) -> String { isRaw ? text : Visible.quotedText(Formula.guarded(text)) }

    private func quoted(_ field: String) -> String {
        let isPlain = field.utf8.allSatisfy { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 != 10 && $0 != 13 }
        return isPlain ? field : "\"\(field.replacing("\"", with: "\"\""))\""
    }
}

/// Texts that spreadsheets take for formulas, made harmless so that it can be undone.
public enum Formula {
    /// With one more apostrophe where, behind any apostrophes, a formula would begin.
    public static func guarded(_ text: String) -> String { isDangerous(text) ? "'" + text : text }

    /// Whether a text that was written has an apostrophe too many.
    public static func isGuarded(_ text: String) -> Bool { text.hasPrefix("'") && isDangerous(text) }

    /// What was written, as it was before.
    public static func unguarded(_ text: String) -> String { isGuarded(text) ? String(text.unicodeScalars.dropFirst()) : text }

    private static func isDangerous(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first(where: { $0 != "'" }) else { return false }
        return ["=", "+", "-", "@", "\t", "\r"].contains(first)
    }
}
