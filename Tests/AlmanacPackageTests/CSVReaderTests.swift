import AlmanacModel
import Testing

@testable import AlmanacPackage

@Suite struct CSVReaderTests {
    private func texts(_ text: String, dialect: CSVDialect = .standard) throws -> [[String]] {
        let seen = try Seen.all(Array(text.utf8), dialect: dialect)
        #expect(seen.allSatisfy { $0.problem == nil })
        return seen.map { $0.fields.map { String(decoding: $0, as: UTF8.self) } }
    }

    private func problem(_ text: String, in record: Int = 0, dialect: CSVDialect = .standard) throws -> CSVProblem? {
        try problem(Array(text.utf8), in: record, dialect: dialect)
    }

    private func problem(_ bytes: [UInt8], in record: Int = 0, dialect: CSVDialect = .standard) throws -> CSVProblem? {
        let seen = try Seen.all(bytes, dialect: dialect)
        for step in [1, 2, 7] { #expect(try Seen.all(bytes, step: step, dialect: dialect) == seen) }
        return try #require(seen.dropFirst(record).first).problem
    }

    @Test func valuesComeExactly() throws {
        #expect(try texts("") == [])
        #expect(try texts("a") == [["a"]])
        #expect(try texts("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
        #expect(try texts("a,b\r\n1,2") == [["a", "b"], ["1", "2"]])
        #expect(try texts("a,\n,\n") == [["a", ""], ["", ""]])
        #expect(try texts("007, x ,\u{A0}\n") == [["007", " x ", "\u{A0}"]])
        #expect(try texts("\"\"\n") == [[""]])
        #expect(try texts("\"a,\"\"b\"\"\",\"c\r\nd\",\" \"\n") == [["a,\"b\"", "c\r\nd", " "]])
        #expect(try texts("\"a\"") == [["a"]])
        #expect(try texts("\"a\",") == [["a", ""]])
        #expect(try texts("e\u{301},é,😀\n") == [["e\u{301}", "é", "😀"]])
        #expect(try texts("\n") == [[""]])
    }

    @Test func aByteOrderMarkIsSkippedOnce() throws {
        #expect(try texts("\u{FEFF}a,b\n") == [["a", "b"]])
        #expect(try texts("\u{FEFF}\"a\"\n") == [["a"]])
        #expect(try texts("\u{FEFF}") == [])
        #expect(try texts("a\n\u{FEFF}b\n") == [["a"], ["\u{FEFF}b"]])
        #expect(try Seen.all([0xef, 0xbb], step: 1).first?.problem?.rule == .notUTF8)
    }

    @Test func otherDialects() throws {
        let tabs = try #require(CSVDialect(delimiter: "\t", quote: "'"))
        #expect(try texts("a,\"b\t'c\t''d'\n", dialect: tabs) == [["a,\"b", "c\t'd"]])
        let plain = try #require(CSVDialect(delimiter: ";", doublesQuotes: false))
        #expect(try texts("\"a\";b\n", dialect: plain) == [["a", "b"]])
        #expect(try problem("\"a\"\"b\"\n", dialect: plain)?.rule == .textAfterQuote)
        #expect(CSVDialect(delimiter: "\"") == nil && CSVDialect(delimiter: "\n") == nil && CSVDialect(delimiter: "\r\n") == nil)
    }

    @Test func linesAreThoseOfTheFile() throws {
        let seen = try Seen.all(Array("a,b\n\"x\ny\r\nz\",1\nc,d\n".utf8))
        #expect(seen.map(\.line) == [1, 2, 5])
        #expect(try Seen.all(Array("a\r\n\r\n\r\nb".utf8)).map(\.line) == [1, 2, 3, 4])
    }

    @Test func quotesHaveToBeWhole() throws {
        #expect(try problem("a,\"b\nc\n") == CSVProblem(rule: .unterminatedQuote, line: 1, column: 1))
        #expect(try problem("a\n\"", in: 1) == CSVProblem(rule: .unterminatedQuote, line: 2, column: 0))
        #expect(try problem("a,b\"c\n") == CSVProblem(rule: .bareQuote, line: 1, column: 1))
        #expect(try problem(" \"a\"\n") == CSVProblem(rule: .bareQuote, line: 1, column: 0))
        #expect(try problem("\"a\"b,c\n") == CSVProblem(rule: .textAfterQuote, line: 1, column: 0))
        #expect(try problem("\"a\" ,c\n") == CSVProblem(rule: .textAfterQuote, line: 1, column: 0))
        #expect(try problem("x,y\n\"a\n\"b,c\n", in: 1) == CSVProblem(rule: .textAfterQuote, line: 3, column: 0))
    }

    @Test func controlBytesAndOtherEncodingsAreRefused() throws {
        #expect(try problem("a\0,b\n") == CSVProblem(rule: .nul, line: 1, column: 0))
        #expect(try problem("a,\"\n\0\"\n") == CSVProblem(rule: .nul, line: 2, column: 1))
        #expect(try problem("a\rb\n") == CSVProblem(rule: .bareCarriageReturn, line: 1, column: 0))
        #expect(try problem("a,b\r") == CSVProblem(rule: .bareCarriageReturn, line: 1, column: 1))
        #expect(try problem("a\r\r\n") == CSVProblem(rule: .bareCarriageReturn, line: 1, column: 0))
        #expect(try problem("\"a\"\rb\n")?.rule == .bareCarriageReturn)
        #expect(try problem([0x61, 0x2c, 0xe9, 0x0a]) == CSVProblem(rule: .notUTF8, line: 1, column: 1))
        #expect(try problem([0xc3, 0x2c, 0xa9, 0x0a])?.rule == .notUTF8, "a character cannot span two fields")
        #expect(try problem([0xff, 0xfe, 0x61, 0x00])?.rule == .nul)
    }

    @Test func everyRecordHasTheColumnsOfTheFirst() throws {
        #expect(try problem("a,b\n1\n", in: 1)?.rule == .columnCount(expected: 2, found: 1))
        #expect(try problem("a,b\n1,2,3\n", in: 1)?.rule == .columnCount(expected: 2, found: 3))
        #expect(try problem("a,b\n1,2\n\n", in: 2)?.rule == .columnCount(expected: 2, found: 1))
        #expect(try problem("a,b\n1\n2,3\n", in: 2) == nil)
    }

    @Test func fieldsAreBounded() throws {
        let limit = CSVLimits.maximumFieldSize.rawValue
        let longest = String(repeating: "x", count: limit)
        #expect(try problem("a,\(longest)\n") == nil)
        #expect(try problem("a,\(longest)x\n")?.rule == .fieldTooLong(limit: CSVLimits.maximumFieldSize))
        #expect(try problem("a,\"\(longest)\"\n") == nil)
        #expect(try problem("a,\"\(longest)\"\"\"\n")?.rule == .fieldTooLong(limit: CSVLimits.maximumFieldSize))
        #expect(try problem("a,\"\(longest)xyz\"\nb,c\n", in: 1) == nil, "the next record is read")
        #expect(
            try Seen.all(Array("\"\(longest)\(longest)".utf8)).first?.problem?.rule
                == .fieldTooLong(limit: CSVLimits.maximumFieldSize))
    }

    @Test func columnsAreBounded() throws {
        let most = String(repeating: ",", count: CSVLimits.maximumColumns - 1)
        #expect(try problem("\(most)\n") == nil)
        #expect(try problem("\(most),\n")?.rule == .tooManyColumns(limit: CSVLimits.maximumColumns))
        let seen = try Seen.all(Array((String(repeating: "x,", count: 100_000) + "\na\n").utf8))
        #expect(seen.map(\.fieldCount) == [100_001, 1])
        #expect(seen.first?.fields.count == CSVLimits.maximumColumns)
    }
}
