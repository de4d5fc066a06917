import AlmanacReplica

@testable import AlmanacClient

/// What a writer wrote.
final class Page {
    private(set) var text = ""

    var sink: TextSink { { self.text += $0 } }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() }

    func write(_ writer: some RowWriter, _ columns: [String], _ rows: [[RawQuery.Cell]]) throws -> Page {
        var writer = writer
        try writer.begin(columns)
        for row in rows { try writer.row(row) }
        try writer.end()
        return self
    }
}
