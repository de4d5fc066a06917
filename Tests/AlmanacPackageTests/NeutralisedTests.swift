import AlmanacModel
import AlmanacPackage
import Testing

/// Files in which texts that look like formulas have an apostrophe before them.
@Suite struct NeutralisedTests {
    private func values(_ cells: [String], resource: String) throws -> [ImportValue?] {
        var fixture = Fixture.field(#""type": "string""#)
        fixture.resource += resource
        for (index, cell) in cells.enumerated() { fixture.data += "k\(index),\"\(cell)\"\n" }
        let (report, rows) = try fixture.importAll()
        #expect(report.isEmpty, "\(report)")
        return rows.map { $0.values.last?.value }
    }

    @Test func threats21ThePackageSaysThatApostrophesGo() throws {
        let cells = ["'=1", "''=1", "=1", "'a", "a", "''", "'-"]
        let taken = try values(cells, resource: #", "almanac:neutralised": true"#)
        #expect(taken == ["=1", "'=1", "=1", "'a", "a", "''", "-"].map { .value(.text(Text($0))) })
        for resource in ["", #", "almanac:neutralised": false"#] {
            #expect(try values(cells, resource: resource) == cells.map { .value(.text(Text($0))) })
        }
    }

    @Test func itIsNotKeptOfTheResource() throws {
        var fixture = Fixture()
        fixture.resource += #", "almanac:neutralised": true"#
        let resource = try #require(try fixture.read().resources.first)
        #expect(resource.isNeutralised)
        #expect(resource.properties == nil)
    }

    @Test func numbersAreNotTouched() throws {
        var fixture = Fixture.field(#""type": "integer""#)
        fixture.resource += #", "almanac:neutralised": true"#
        fixture.data += "a,-5\nb,'-5\n"
        let (report, rows) = try fixture.importAll()
        #expect(rows.map { $0.values.last?.value } == [.value(.integer(-5))])
        #expect(report.problems.map(\.rule) == [.type(expected: "integer")])
    }

    @Test func keysAreTexts() throws {
        var fixture = Fixture(fields: [#"{"name": "key"}"#, #"{"name": "x"}"#], data: "key,x\n'=a,'=a\n")
        fixture.schema += #", "foreignKeys": [{"fields": "x", "reference": {"resource": "", "fields": "key"}}]"#
        fixture.resource += #", "almanac:neutralised": true"#
        let (report, rows) = try fixture.importAll()
        #expect(report.isEmpty)
        #expect(rows.first?.key == "=a")
        #expect(rows.first?.values.last?.value == .key("=a"))
    }
}
