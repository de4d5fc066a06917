import AlmanacReplica
import Testing

@testable import AlmanacClient

/// Query results for spreadsheets.
struct CSVWriterTests {
    private static func csv(_ rows: [[RawQuery.Cell]], columns: [String] = ["a"], isRaw: Bool = false) throws -> String {
        let page = Page()
        return try page.write(CSVWriter(isRaw: isRaw, sink: page.sink), columns, rows).text
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@x"])
    func threats21FormulasAreNeutralised(_ text: String) throws {
        #expect(try Self.csv([[.text(text)]]).split(separator: "\r\n").last?.drop { $0 == "\"" }.hasPrefix("'") == true)
    }

    @Test func numbersAreNoFormulas() throws {
        #expect(try Self.csv([[.integer(-5)], [.real(-0.5)]]) == "a\r\n-5\r\n-0.5\r\n")
    }

    @Test func rawIsExact() throws {
        #expect(try Self.csv([[.text("=1\u{1b}")]], isRaw: true) == "a\r\n=1\u{1b}\r\n")
    }

    @Test func fieldsAreQuotedWhereTheyMustBe() throws {
        let rows: [[RawQuery.Cell]] = [
            [.text("a,b")], [.text("say \"x\"")], [.text("two\nlines")], [.null], [.text("")], [.blob([0, 255])],
        ]
        #expect(
            try Self.csv(rows) == "a\r\n\"a,b\"\r\n\"say \"\"x\"\"\"\r\n\"two\nlines\"\r\n\r\n\"\"\r\n00ff\r\n")
    }

    @Test func namesAreTextsToo() throws {
        #expect(try Self.csv([], columns: ["=x", "a,b"]) == "'=x,\"a,b\"\r\n")
    }
}
