import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// The rows of a collection as CSV (RFC 4180): null is an empty cell, an empty text is `""`, a reference is the other record's key, a
/// set is a JSON array, a decimal has all its digits.
struct CSVExportWriter: ExportWriter {
    /// What becomes of the characters of texts.
    enum Texts {
        case raw
        /// Formulas get an apostrophe, see ``Formula``.
        case neutralised
        /// Likewise, and what a terminal may obey becomes escapes.
        case visible
    }

    private let columns: [Column]
    private let texts: Texts
    private let sink: TextSink
    private var escapedCount = 0
    private var nulCount = 0

    private struct Column {
        let name: String
        let isYear: Bool
        let null: String
    }

    /// `nullWords` stand for null in columns where an empty cell is an empty text.
    init(_ fields: [Field], nullWords: [FieldID: String] = [:], _ texts: Texts, sink: @escaping TextSink) {
        columns = fields.map { Column(name: $0.name.rawValue, isYear: $0.isYear, null: nullWords[$0.id] ?? "") }
        self.texts = texts
        self.sink = sink
    }

    mutating func begin() throws { try sink(columns.map(\.name).joined(separator: ",") + "\r\n") }

    mutating func row(_ values: [SnapshotValue]) throws {
        var line = ""
        for (column, value) in zip(columns, values) {
            if !line.utf8.isEmpty { line += "," }
            line += field(value, column)
        }
        try sink(line + "\r\n")
    }

    var notes: [ExportNote] {
        (escapedCount > 0 ? [.escaped(count: escapedCount)] : []) + (nulCount > 0 ? [.nul(count: nulCount)] : [])
    }

    private mutating func field(_ value: SnapshotValue, _ column: Column) -> String {
        switch value {
        case .absent, .elsewhere: column.null
        case .key(let text), .value(.text(let text)): CSVField.text(shown(text.string))
        case .value(.textSet(let set)): CSVField.text(ExportedJSON.array(set).text)
        case .value(.integer(let year)) where column.isYear && (0...999).contains(year):
            String(repeating: "0", count: 4 - String(year).count) + String(year)
        case .value(let value): value.description
        }
    }

    private mutating func shown(_ text: String) -> String {
        switch texts {
        case .raw:
            count(text)
            return text
        case .neutralised:
            count(text)
            return Formula.guarded(text)
        case .visible:
            let guarded = Formula.guarded(text)
            let visible = Visible.quotedText(guarded)
            if visible.utf8.count != guarded.utf8.count { escapedCount += 1 }
            return visible
        }
    }

    private mutating func count(_ text: String) {
        if text.utf8.contains(0) { nulCount += 1 }
    }
}
