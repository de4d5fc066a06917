import AlmanacModel
import AlmanacPackage
import Testing

/// One bad value a rule, and what good ones become.
@Suite struct ImportTests {
    private func value(_ field: String, _ cell: String) throws -> ImportValue? {
        var fixture = Fixture.field(field)
        fixture.data += "a,\"\(cell.replacing("\"", with: "\"\""))\"\n"
        let (report, rows) = try fixture.importAll()
        #expect(report.isEmpty, "\(report)")
        return rows.first?.values.last?.value
    }

    private func rule(_ field: String, _ cell: String) throws -> ImportRule {
        var fixture = Fixture.field(field)
        fixture.data += "a,\"\(cell.replacing("\"", with: "\"\""))\"\n"
        let (report, rows) = try fixture.importAll()
        #expect(rows.isEmpty && report.total == 1)
        let problem = try #require(report.problems.first)
        #expect(problem.file == "things.csv" && problem.row == 1 && problem.line == 2 && problem.column == "x")
        #expect(problem.description.hasPrefix("things.csv, row 1 (line 2), column x: "))
        return problem.rule
    }

    @Test func everyTypeIsRead() throws {
        #expect(try value(#""type": "string""#, "007 ") == .value(.text("007 ")))
        #expect(try value(#""title": "no type""#, "x\ny") == .value(.text("x\ny")))
        #expect(try value(#""type": "number""#, "9.0") == .value(.decimal(try #require(ExactDecimal("9")))))
        #expect(try value(#""type": "integer""#, "-9223372036854775808") == .value(.integer(.min)))
        #expect(try value(#""type": "integer""#, "+0") == .value(.integer(0)))
        #expect(try value(#""type": "boolean""#, "TRUE") == .value(.boolean(true)))
        #expect(
            try value(#""type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"]"#, "nein") == .value(.boolean(false)))
        #expect(try value(#""type": "date""#, "2024-02-29") == .value(.date(try #require(CalendarDate("2024-02-29")))))
        #expect(
            try value(#""type": "datetime""#, "2024-02-29T01:02:03Z")
                == .value(.instant(try #require(Instant("2024-02-29T01:02:03Z")))))
        #expect(try value(#""type": "year""#, "0099") == .value(.integer(99)))
        #expect(try value(#""type": "array""#, #"["b", "a"]"#) == .value(.textSet(TextSet(["a", "b"]))))
        let uuid = "00112233-4455-6677-8899-AABBCCDDEEFF"
        #expect(try value(#""format": "uuid""#, uuid) == .value(.uuid(try #require(UniqueID(uuid)))))
        #expect(try value(#""type": "number""#, "") == .absent)
        #expect(try value(#""type": "number", "missingValues": ["-", "n/a"]"#, "n/a") == .absent)
        #expect(try value(#""missingValues": ["-"]"#, "") == .value(.text("")))
    }

    @Test(arguments: [
        ("integer", "x", "integer"), ("integer", "1.0", "integer"), ("integer", " 1", "integer"), ("integer", "1,000", "integer"),
        ("integer", "٣", "integer"), ("integer", "-", "integer"), ("number", "x", "number"), ("number", "NaN", "number"),
        ("number", "1.2.3", "number"),
        ("number", "e5", "number"), ("number", "1e", "number"), ("year", "24", "year"), ("year", "-044", "year"),
        ("year", "20245", "year"),
        ("boolean", "yes", "boolean"), ("date", "2024-02-30", "date (YYYY-MM-DD)"),
        ("datetime", "2024-02-28", "time (YYYY-MM-DDThh:mm:ssZ)"),
        ("array", "a", "JSON array of strings"), ("array", "[1]", "JSON array of strings"),
        ("array", #"{"a":1}"#, "JSON array of strings"),
    ])
    func valuesOfAnotherTypeAreRefused(type: String, cell: String, name: String) throws {
        #expect(try rule("\"type\": \"\(type)\"", cell) == .type(expected: name))
    }

    @Test func valuesThatWouldLoseSomethingAreRefused() throws {
        #expect(try rule(#""type": "integer""#, "9223372036854775808") == .integerRange)
        #expect(try rule(#""type": "integer""#, "007") == .leadingZeros)
        #expect(try rule(#""type": "integer""#, "-00") == .leadingZeros)
        #expect(try rule(#""type": "number""#, "01.5") == .leadingZeros)
        #expect(try rule(#""type": "number""#, "1.000000000000001") == .precision(digits: 15))
        #expect(try rule(#""type": "number""#, "1e23") == .precision(digits: 15))
        #expect(try rule(#""type": "array""#, #"["a","a"]"#) == .repeatedElement)
        #expect(try rule(#""format": "uuid""#, "x") == .type(expected: "UUID"))
    }

    @Test func constraintsAreChecked() throws {
        func constraints(_ type: String, _ text: String) -> String { "\"type\": \"\(type)\", \"constraints\": {\(text)}" }
        #expect(try rule(constraints("string", #""required": true"#), "") == .required)
        #expect(try rule(constraints("string", #""minLength": 2"#), "é") == .minimumLength(2))
        #expect(try rule(constraints("string", #""maxLength": 1"#), "e\u{301}") == .maximumLength(1))
        #expect(try rule(constraints("array", #""minLength": 1"#), "[]") == .minimumLength(1))
        #expect(try rule(constraints("integer", #""minimum": 1"#), "0") == .minimum(.integer(1)))
        #expect(try rule(constraints("integer", #""maximum": "5""#), "6") == .maximum(.integer(5)))
        #expect(
            try rule(constraints("number", #""maximum": 0.1"#), "0.100000000000001")
                == .maximum(.decimal(try #require(ExactDecimal("0.1")))))
        #expect(try rule(constraints("year", #""minimum": 2020"#), "2019") == .minimum(.integer(2_020)))
        #expect(
            try rule(constraints("date", #""maximum": "2024-01-01""#), "2024-01-02")
                == .maximum(.date(try #require(CalendarDate("2024-01-01")))))
        #expect(try rule(constraints("string", #""enum": ["é"]"#), "e\u{301}") == .allowed([.text("é")]))
        #expect(try rule(constraints("boolean", #""enum": [true]"#), "false") == .allowed([.boolean(true)]))
        #expect(try rule(constraints("string", #""pattern": "[a-z]+""#), "abc1") == .pattern("[a-z]+"))
        #expect(try rule(constraints("string", #""pattern": "a|ab""#), "abc") == .pattern("a|ab"))
        #expect(
            try rule(constraints("string", #""pattern": ".*""#), String(repeating: "x", count: 4_097))
                == .tooLongForPattern(limit: 4_096))
        #expect(try value(constraints("string", #""pattern": "a|ab""#), "ab") == .value(.text("ab")))
        #expect(try value(constraints("string", #""pattern": "\\p{Lu}\\d{2}""#), "Ä42") == .value(.text("Ä42")))
        #expect(try value(constraints("integer", #""minimum": 1, "maximum": 1"#), "1") == .value(.integer(1)))
    }

    @Test func absentValuesObeyOnlyRequired() throws {
        #expect(try value(#""constraints": {"minLength": 2, "unique": true, "enum": ["ab"], "pattern": "ab"}"#, "") == .absent)
    }

    @Test func uniqueValuesNameTheFirstRow() throws {
        var fixture = Fixture.field(#""type": "number", "constraints": {"unique": true}"#)
        fixture.data += "a,1\nb,\nc,\nd,1.0\na,2\n"
        let (report, rows) = try fixture.importAll()
        #expect(report.problems.map(\.rule) == [.unique(firstRow: 1), .unique(firstRow: 1)])
        #expect(report.problems.map(\.row) == [4, 5])
        #expect(report.problems.map(\.column) == ["x", "key"])
        #expect(rows.map(\.number) == [1, 2, 3])
    }

    @Test func composedAndDecomposedKeysAreTwo() throws {
        let (report, rows) = try Fixture(data: "key\né\ne\u{301}\n").importAll()
        #expect(report.isEmpty && rows.count == 2)
    }

    @Test func uniqueKeysOfVersion2AreObeyed() throws {
        var fixture = Fixture.field(#""type": "string""#)
        fixture.schema += #", "uniqueKeys": [["x"]]"#
        fixture.data += "a,1\nb,1\n"
        #expect(try fixture.importAll().report.problems.map(\.rule) == [.unique(firstRow: 1)])
    }

    @Test func keysAreRequired() throws {
        var fixture = Fixture()
        fixture.data = "key\n\n"
        #expect(try fixture.importAll().report.problems.map(\.rule) == [.required])
        fixture.schema += #", "missingValues": ["-"]"#
        fixture.data = "key\n-\n\"\"\n"
        #expect(try fixture.importAll().report.problems.map(\.rule) == [.required, .minimumLength(1)])
    }

    @Test func referencesStayKeys() throws {
        var fixture = Fixture.field(#""title": "Parent""#)
        fixture.schema += #", "foreignKeys": [{"fields": ["x"], "reference": {"resource": "things", "fields": ["key"]}}]"#
        fixture.data += "a,\nb,a\nc,later\n"
        let (report, rows) = try fixture.importAll()
        #expect(report.isEmpty)
        #expect(rows.map(\.key) == ["a", "b", "c"])
        #expect(rows.map { $0.values.last?.value } == [.absent, .key("a"), .key("later")])
    }

    @Test func partitionsTellTheStream() throws {
        var fixture = Fixture.field(#""type": "string""#)
        fixture.resource += #", "almanac:stream": "investments", "almanac:partition": "x""#
        fixture.data += "a,Asia\nb,Latin America\nc,日本\nd,\n"
        let (report, rows) = try fixture.importAll()
        #expect(rows.map(\.stream.rawValue) == ["investments/asia", "investments/latin-america"])
        #expect(report.problems.map(\.rule) == [.noStream(above: try #require(StreamName("investments"))), .required])
        #expect(report.problems.map(\.row) == [3, 4])
    }
}
