import AlmanacModel
import AlmanacPackage
import Testing

/// What is wrong with a table's form, found through an import.
@Suite struct TableFormTests {
    private func problems(_ data: String, fields: [String] = [#"{"name": "key"}"#, #"{"name": "x"}"#]) throws -> [ImportProblem] {
        let (report, rows) = try Fixture(fields: fields, data: data).importAll()
        #expect(report.total == report.problems.count && rows.count < max(1, report.rowCount))
        return report.problems
    }

    private func problem(_ data: String) throws -> ImportProblem {
        let problems = try problems(data)
        #expect(problems.count == 1)
        return try #require(problems.first)
    }

    @Test func theHeader() throws {
        #expect(try problem("").rule == .emptyFile)
        #expect(
            try problem("key,x,y\na,b,c\n").description
                == "things.csv, line 1, column y: the column is not a field of this table.")
        #expect(try problem("key,x,x\n").rule == .repeatedColumn)
        #expect(try problem("key\n").description == "things.csv, line 1, column x: the column is missing from the header.")
        #expect(try problems("a,b\n").map(\.rule) == [.unknownColumn, .unknownColumn, .missingColumn, .missingColumn])
        #expect(try problems("key,X\n").map(\.rule) == [.unknownColumn, .missingColumn])
        #expect(try problem("key,\"x\n").rule == .unterminatedQuote)
        #expect(try problems("key;x\n").first?.column == "key;x")
        #expect(try problems("key,x\u{1B}[31m\n").first?.description.contains("x\\u{1B}[31m") == true)
    }

    @Test func rows() throws {
        let bareQuote = try problem("key,x\na,b\"c\nd,e\n")
        #expect(
            bareQuote.rule == .bareQuote && bareQuote.row == 1 && bareQuote.line == 2 && bareQuote.column == "x"
                && bareQuote.value == "b\"c")
        let short = try problem("key,x\na,\"b\nc\"\nd\n")
        #expect(short.rule == .columnCount(expected: 2, found: 1) && short.row == 2 && short.line == 4 && short.column == nil)
        #expect(short.description == "things.csv, row 2 (line 4): the line has 1 column instead of 2.")
        #expect(try problem("key,x\na,\"b\n").rule == .unterminatedQuote)
        #expect(try problem("key,x\na,\"b\"c\n").rule == .textAfterQuote)
        #expect(try problem("key,x\na,b\0\n").value == "b\\u{0}")
        #expect(try problem("key,x\na,b\rc\n").rule == .bareCarriageReturn)
        #expect(try problem("key,x\na,\(String(repeating: "x", count: 65_537))\n").rule == .fieldTooLong(limit: .kibibytes(64)))
        #expect(try problem("key,x\n\(String(repeating: ",", count: 1_024))\n").rule == .tooManyColumns(limit: 1_024))
    }

    @Test func bytesThatAreNotUTF8AreShown() throws {
        let folder = try TemporaryFolder()
        try Fixture().write(to: folder)
        try folder.write([0x6b, 0x65, 0x79, 0x0a, 0x5a, 0xfc, 0x72, 0x0a], to: "things.csv")
        let package = try DataPackage.read(at: folder.path)
        let source = try #require(try package.imports(into: try package.schema(over: .system)).first)
        let report = try source.validate()
        #expect(report.description == #"things.csv, row 1 (line 2), column key: "Z\xfcr" is not UTF-8; convert the file."#)
    }

    @Test func columnsMayComeInAnyOrder() throws {
        let (report, rows) = try Fixture(fields: [#"{"name": "key"}"#, #"{"name": "x"}"#], data: "x,key\n1,a\n").importAll()
        #expect(report.isEmpty)
        #expect(rows.first?.key == "a")
        #expect(rows.first?.values.map(\.value) == [.value(.text("a")), .value(.text("1"))])
    }

    @Test func aTableWithoutHeaderIsReadInTheSchemasOrder() throws {
        var fixture = Fixture(
            fields: [#"{"name": "x", "almanac:id": 9}"#, #"{"name": "key", "almanac:id": 3}"#], data: "1,a\n2\n3,b\n")
        fixture.resource += #", "dialect": {"header": false}"#
        let (report, rows) = try fixture.importAll()
        #expect(rows.map(\.key) == ["a", "b"])
        #expect(rows.map(\.number) == [1, 3])
        #expect(rows.first?.values.map(\.field.rawValue) == [3, 9])
        #expect(report.problems.map(\.rule) == [.columnCount(expected: 2, found: 1)])
    }

    @Test func everyProblemIsCountedAndTheFirstAreKept() throws {
        let rows = (1...100).map { "k\($0),x\n" }.joined()
        let (report, good) = try Fixture(
            fields: [#"{"name": "key"}"#, #"{"name": "x", "type": "integer"}"#], data: "key,x\n\(rows)"
        ).importAll()
        #expect(report.total == 100 && report.problems.count == 20 && report.rowCount == 100 && good.isEmpty)
        #expect(report.problems.map(\.row) == Array(1...20))
        #expect(report.description.hasSuffix("\n… and 80 more (100 problems in all)"))
        var both = ProblemReport(limit: 30)
        both.add(report)
        both.add(report)
        #expect(both.total == 200 && both.problems.count == 30 && both.rowCount == 200)
    }

    @Test func severalProblemsOfOneRowAreAllReported() throws {
        let fields = [#"{"name": "key"}"#, #"{"name": "x", "type": "integer"}"#, #"{"name": "y", "type": "date"}"#]
        let (report, rows) = try Fixture(fields: fields, data: "key,x,y\n,a,b\nk,1,2024-01-01\n").importAll()
        #expect(report.problems.map(\.column) == ["key", "x", "y"])
        #expect(rows.map(\.key) == ["k"])
    }
}
