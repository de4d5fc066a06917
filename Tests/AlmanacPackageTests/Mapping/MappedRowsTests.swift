import TestSupport
import AlmanacModel
import AlmanacPackage
import Testing

/// What tables of foreign shapes become.
@Suite struct MappedRowsTests {
    // MARK: Years

    @Test func yearColumnsBecomeRows() throws {
        var fixture = MappingFixture()
        fixture.table = "y2002,name,y2001,y2003\n0,alpha,1.50,-3\nna,beta,,7\n"
        #expect(
            try fixture.figures() == ["a/2001 1.5", "a/2002 0", "a/2003 -3", "b/2003 7"],
            "zeros stay, what is missing is left out")
        let rows = try fixture.rows().rows
        #expect(rows.map(\.number) == [1, 1, 1, 2])
        #expect(rows.map(\.line) == [2, 2, 2, 3])
    }

    @Test func impliedYearsComeInOrder() throws {
        var fixture = MappingFixture().with(MappingFixture.implied)
        fixture.table = "name,v\nalpha,High\nalpha,1\nalpha,na\nalpha,3\nbeta,Low\nbeta,4\nbeta,5\nbeta,6\n"
        #expect(try fixture.figures() == ["a/2001 1", "a/2003 3", "b/2001 4", "b/2002 5", "b/2003 6"])
        #expect(try fixture.rows().rows.map(\.number) == [2, 4, 6, 7, 8])
    }

    @Test func aGroupOfAnotherLengthIsRefused() throws {
        var fixture = MappingFixture().with(MappingFixture.implied)
        fixture.table = "name,v\nalpha,x\nalpha,1\nalpha,2\nbeta,x\nbeta,1\nbeta,2\nbeta,3\nbeta,4\ngood,x\n"
        #expect(
            try fixture.problems() == [
                ", row 1 (line 2), column name: \"alpha\" has 3 rows together instead of 4.",
                ", row 4 (line 5), column name: \"beta\" has 5 rows together instead of 4.",
                ", row 9 (line 10), column name: \"good\" has 1 row together instead of 4.",
            ])
    }

    @Test func aGroupThatComesAgainIsRefused() throws {
        var fixture = MappingFixture().with(MappingFixture.implied)
        let alpha = "alpha,x\nalpha,1\nalpha,2\nalpha,3\n"
        fixture.table = "name,v\n\(alpha)\(alpha.replacing("alpha", with: "beta"))\(alpha)"
        #expect(try fixture.problems().count == 3)
        #expect(
            try fixture.problems().first?.hasSuffix("column key: \"a/2001\" has to be unique, and row 2 has it already.") == true)
    }

    @Test func withoutYearsARowIsARow() throws {
        var fixture = MappingFixture().with([
            "years": nil, "value": #""v""#, "unused": #"["more"]"#,
            "fields": #"{"key": "{subject}", "value": "{value}", "note": "seen: {column:note}"}"#,
        ])
        fixture.table = "name,v,note,more\nalpha,1,x,1\nbeta,2,na,2\n"
        let rows = try fixture.rows().rows
        #expect(rows.map(\.key) == ["a", "b"])
        #expect(rows.map { $0.values.last?.value } == [.value(.text("seen: x")), .absent])
    }

    // MARK: Names

    @Test func namesAreCleanedBeforeTheyAreLookedFor() throws {
        var fixture = MappingFixture().with([
            "subject": #"{"column": "name", "after": " -> ", "in": [], "names": {"A, B": "n"}}"#
        ])
        let names = ["World -> X -> alpha<sup>a</sup>", " beta* ", "C&#244;te<sup>b</sup>*", "\"A, B\"", "Co\u{302}te"]
        for name in names {
            fixture.table = "name,y2001,y2002,y2003\n\(name),1,,\n"
            #expect(try fixture.figures().count == 1, "\(name)")
        }
    }

    @Test func whatTheMappingSaysComesFirstAndIgnoredRowsAreLeftOut() throws {
        var fixture = MappingFixture().with([
            "subject":
                #"{"column": "name", "in": [], "names": {"alpha": "mine", "gamma": "g3"}, "ignore": ["Total", "beta"]}"#
        ])
        fixture.table = "name,y2001,y2002,y2003\nalpha,1,,\nTotal,2,,\ngamma,3,,\nbeta,not read,,\n"
        #expect(try fixture.figures() == ["mine/2001 1", "g3/2001 3"])
    }

    @Test func namesThatMeanNothingOrSeveralAreAllListedOnce() throws {
        var fixture = MappingFixture()
        fixture.table = "name,y2001,y2002,y2003\nalpa,1,2,3\nalpha,1,2,3\ngamma,1,,\nzzzzz,1,,\nalpa,1,,\n\u{1b}[2J,1,,\n"
        let problems = try fixture.problems()
        #expect(
            problems == [
                ", row 1 (line 2), column name: \"alpa\" is not a name that the dataset knows (did you mean \"alpha\"?); "
                    + "add it to the mapping, as a name or to be ignored.",
                ", row 3 (line 4), column name: \"gamma\" is the name of several: g, g2; say in the mapping's names which is meant.",
                ", row 4 (line 5), column name: \"zzzzz\" is not a name that the dataset knows; "
                    + "add it to the mapping, as a name or to be ignored.",
                ", row 6 (line 7), column name: \"\\u{1B}[2J\" is not a name that the dataset knows; "
                    + "add it to the mapping, as a name or to be ignored.",
            ])
    }

    @Test func keysOfAnotherKindAreNotMeant() throws {
        var fixture = MappingFixture().with([
            "subject": #"{"column": "name", "in": [], "among": ["economy/", "world/"]}"#
        ])
        fixture.names = [
            ("Georgia", "place/georgia"), ("Georgia", "economy/ge"), ("World", "world/world"), ("Rome", "place/rome"),
        ]
        fixture.table = "name,y2001,y2002,y2003\nGeorgia,1,,\nWorld,2,,\n"
        #expect(try fixture.figures() == ["economy/ge/2001 1", "world/world/2001 2"])
        fixture.table = "name,y2001,y2002,y2003\nRome,1,,\n"
        #expect(try fixture.problems().count == 1)
    }

    // MARK: What is wrong with the table

    @Test func aTableOfAnotherShapeIsNotRead() throws {
        var fixture = MappingFixture()
        fixture.table = "name,y2001,y2002,y2004\nalpha,1,2,3\n"
        #expect(
            try fixture.problems() == [
                ", line 1, column y2003: the column is missing from the header.",
                ", line 1, column y2004: the column is one of which the mapping says nothing.",
            ])
        fixture.table = "name,y2001,y2002,y2003,y2003\nalpha,1,2,3,4\n"
        #expect(try fixture.problems() == [", line 1, column y2003: the column is there twice."])
        fixture.table = ""
        #expect(try fixture.problems() == [": the file is empty; it needs a header."])
        fixture.table = "name,y2001,y2002,y2003\nalpha,1,2\nbeta,1,2,3\n"
        #expect(try fixture.problems() == [", row 1 (line 2): the line has 3 columns instead of 4."])
    }

    @Test func figuresAreNotRounded() throws {
        var fixture = MappingFixture()
        fixture.table = "name,y2001,y2002,y2003\nalpha,1,2,3\nbeta,1,1234567890.123456,\"1,000\"\n"
        let problems = try fixture.rows().report.problems
        #expect(problems.map(\.rule) == [.precision(digits: 15), .type(expected: "number")])
        #expect(
            problems.map(\.row) == [2, 2] && problems.map(\.line) == [3, 3] && problems.map(\.column) == ["value", "value"])
    }

    @Test func noBytesTrap() throws {
        var random = SeededGenerator(seed: 11)
        let pieces = [
            "name", "y2001", "y2002", "y2003", ",", "\n", "\"", "alpha", "1", "&#", ";", "<sup>", "</sup>", "*", "\u{0}", "é",
        ]
        for round in 0..<500 {
            var fixture = MappingFixture().with(round.isMultiple(of: 2) ? MappingFixture.implied : [:])
            fixture.table = round.isMultiple(of: 3) ? "" : "name,y2001,y2002,y2003\n"
            for _ in 0..<Int.random(in: 0...40, using: &random) { fixture.table += pieces.randomElement(using: &random) ?? "" }
            let (report, rows) = try fixture.rows()
            #expect(rows.count <= fixture.table.utf8.count && report.rowCount >= rows.count, "seed 11, round \(round)")
        }
    }
}
