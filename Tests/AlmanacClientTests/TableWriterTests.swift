import TestSupport
import AlmanacReplica
import Testing

@testable import AlmanacClient

/// Tables for people.
struct TableWriterTests {
    private static func table(
        _ columns: [String], _ rows: [[RawQuery.Cell]], width: Int? = nil, isPlain: Bool = false
    ) throws -> [String] {
        let page = Page()
        return try page.write(TableWriter(width: width, isRaw: false, isPlain: isPlain, sink: page.sink), columns, rows)
            .lines.map(String.init)
    }

    @Test func numbersStandRightAndTextsLeft() throws {
        let lines = try Self.table(["rank", "cluster"], [[.integer(1), .text("Tokyo")], [.integer(100), .null]])
        #expect(lines == ["rank  cluster", "   1  Tokyo", " 100"])
    }

    @Test func nothingIsCutInAPipe() throws {
        let long = String(repeating: "x", count: 5_000)
        #expect(try Self.table(["a"], [[.text(long)]]).last == long)
        let late = [[RawQuery.Cell]](repeating: [.text("x")], count: TableWriter.sampleCount) + [[.text(long)]]
        #expect(try Self.table(["a"], late).last == long)
    }

    @Test func onATerminalEveryLineFitsAndSaysWhatIsCut() throws {
        var random = SeededGenerator(seed: 3)
        let words = ["Zürich", "北京上海", "x", "Shenzhen–Hong Kong–Guangzhou", "", "a\tb", "👩‍🔬👩‍🔬", "e\u{301}e\u{301}"]
        for _ in 0..<300 {
            let count = random.number(1...9)
            let width = random.number(12...60)
            let columns = (0..<count).map { "column\($0)" }
            let rows = (0..<4).map { _ in
                (0..<count).map { _ in
                    RawQuery.Cell.text((0..<random.number(0...3)).map { _ in random.pick(words) }.joined(separator: " "))
                }
            }
            let lines = try Self.table(columns, rows, width: width)
            #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "seed 3: \(width) \(lines)")
            let whole = try Self.table(columns, rows)
            for (line, full) in zip(lines, whole) where line.filter({ $0 != " " }) != full.filter({ $0 != " " }) {
                #expect(line.contains("…"), "seed 3: \(line) of \(full)")
            }
        }
    }

    @Test func columnsWithoutRoomAreCounted() {
        let layout = TableLayout(natural: [20, 20, 20, 20], limit: 24)
        #expect(layout.hiddenCount == 2)
        #expect(layout.widths.count == 2)
    }

    @Test func plainTablesUseASCII() throws {
        let lines = try Self.table(["a"], [[.text("abcdefghijkl")]], width: 8, isPlain: true)
        #expect(lines.last == "abcdefg>")
    }

    @Test func controlCharactersKeepTheirRow() throws {
        #expect(try Self.table(["a"], [[.text("x\ny\u{1b}[2J")]]) == ["a", "x\\ny\\u{1B}[2J"])
    }

    @Test(arguments: [("abc", 3), ("北京", 4), ("é", 1), ("e\u{301}", 1), ("👩‍🔬", 2), ("❤️", 2), ("ａ", 2), ("", 0)])
    func widthsAreThoseOfTerminals(_ text: String, _ width: Int) { #expect(DisplayWidth.of(text) == width) }
}
