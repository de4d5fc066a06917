import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacServer
import Testing

/// What the dataset knows and a file on its own does not show.
@Suite struct ValidationTests {
    private static let fields = [
        TestResource.key, TestResource.field("name", "string", "\"required\": true"),
        TestResource.field("code", "string", "\"unique\": true, \"maxLength\": 3"),
        TestResource.field("rank", "integer", "\"minimum\": 1"),
    ]

    private func dataset() throws -> TestDataset {
        let dataset = try TestDataset()
        let csv = "key,name,code,rank\ntokyo,Tokyo,TYO,1\nbeijing,Beijing,BEI,2\nseoul,Seoul,SEL,3\n"
        try dataset.importPackage([TestResource(name: "cities", fields: Self.fields, csv: csv)])
        return dataset
    }

    /// The problems with which an import is refused; it changes nothing.
    private func problems(_ dataset: TestDataset, _ csv: String, limit: Int = 20) throws -> ProblemReport {
        let head = try dataset.store.head()
        let error = #expect(throws: Importer.Failure.self) { try dataset.importCSV(csv, into: "cities", problems: limit) }
        #expect(try dataset.store.head() == head)
        guard case .problems(let report)? = error else {
            Issue.record("\(String(describing: error))")
            return ProblemReport()
        }
        return report
    }

    // MARK: Constraints

    @Test func theStoredConstraintsHoldForAFile() throws {
        let dataset = try dataset()
        let report = try problems(dataset, "key,name,code,rank\nulm,Ulm,ULMX,0\nbern,,BRN,1\n")
        #expect(report.problems.map(\.rule) == [.maximumLength(3), .minimum(.integer(1)), .required])
        #expect(report.problems.map(\.column) == ["code", "rank", "name"])
    }

    @Test func aNewRecordNeedsItsRequiredFieldsAlsoWhereTheFileHasNoSuchColumn() throws {
        let dataset = try dataset()
        let report = try problems(dataset, "key,rank\ntokyo,5\nulm,9\n")
        #expect(report.total == 1)
        let problem = try #require(report.problems.first)
        #expect(problem.rule == .required)
        #expect(problem.row == 2)
        #expect(problem.column == "name")
        #expect("\(problem)".hasSuffix("row 2 (line 3), column name: the value is required and missing."))
    }

    @Test func anOldRecordDoesNotNeedThemAgain() throws {
        let dataset = try dataset()
        try dataset.importCSV("key,rank\ntokyo,5\n", into: "cities")
        #expect(try dataset.record("tokyo", in: "cities")?["rank"] == .integer(5))
    }

    @Test func aPackageWithoutARequiredFieldMakesNoNewRecords() throws {
        let dataset = try dataset()
        let smaller = TestResource(name: "cities", fields: [TestResource.key], csv: "key\nulm\n")
        let error = #expect(throws: Importer.Failure.self) { try dataset.importPackage([smaller]) }
        guard case .problems(let report)? = error else { return }
        #expect(report.problems.map(\.rule) == [.required])
    }

    // MARK: Uniqueness

    @Test func aUniqueValueOfAnotherRecordIsRefused() throws {
        let dataset = try dataset()
        let report = try problems(dataset, "key,name,code\nulm,Ulm,TYO\nbern,Bern,BRN\n")
        #expect(report.problems.map(\.rule) == [.taken(by: "tokyo")])
        #expect(
            "\(try #require(report.problems.first))".hasSuffix(
                "row 1 (line 2), column code: \"TYO\" has to be unique, and the record \"tokyo\" has it already."))
    }

    @Test func changingARecordToATakenValueIsRefusedWhicheverIsOlder() throws {
        let dataset = try dataset()
        #expect(try problems(dataset, "key,code\ntokyo,SEL\n").problems.map(\.rule) == [.taken(by: "seoul")])
        #expect(try problems(dataset, "key,code\nseoul,TYO\n").problems.map(\.rule) == [.taken(by: "tokyo")])
    }

    @Test func twoRowsSwapAUniqueValue() throws {
        let dataset = try dataset()
        let summary = try dataset.importCSV("key,code\ntokyo,BEI\nbeijing,TYO\n", into: "cities")
        #expect(summary.tables.map(\.changed) == [2])
        #expect(try dataset.record("tokyo", in: "cities")?["code"] == .text("BEI"))
        #expect(try dataset.record("beijing", in: "cities")?["code"] == .text("TYO"))
    }

    @Test func aValueThatItsRecordGivesUpIsFreeInTheSameFile() throws {
        let dataset = try dataset()
        try dataset.importCSV("key,name,code\nulm,Ulm,TYO\ntokyo,Tokyo,HND\n", into: "cities")
        #expect(try dataset.record("ulm", in: "cities")?["code"] == .text("TYO"))
    }

    @Test func keepingOnesOwnValueIsFine() throws {
        let dataset = try dataset()
        try dataset.importCSV("key,code,rank\ntokyo,TYO,8\n", into: "cities")
        #expect(try dataset.record("tokyo", in: "cities")?["rank"] == .integer(8))
    }

    @Test func nullsAreNotTwoOfTheSame() throws {
        let dataset = try dataset()
        try dataset.importCSV("key,code\ntokyo,\nseoul,\n", into: "cities")
        try dataset.importCSV("key,name,code\nulm,Ulm,\n", into: "cities")
        #expect(try dataset.record("ulm", in: "cities")?["code"] == nil)
    }

    @Test func oneKeyTwiceInAFileIsRefused() throws {
        let report = try problems(try dataset(), "key,rank\ntokyo,1\ntokyo,2\n")
        #expect(report.problems.map(\.rule) == [.unique(firstRow: 1)])
    }

    // MARK: Reports

    @Test func everyProblemIsCountedAndTheFirstAreListed() throws {
        let dataset = try dataset()
        let rows = (1...30).map { "key\($0),Name,TYO\($0),0" }.joined(separator: "\n")
        let report = try problems(dataset, "key,name,code,rank\n\(rows)\n", limit: 5)
        #expect(report.problems.count == 5)
        #expect(report.total == 60, "every code is too long, every rank too low")
    }

    @Test func problemsThatOnlyTheDatasetKnowsAreLimitedToo() throws {
        let dataset = try dataset()
        let rows = (1...30).map { "new\($0),1" }.joined(separator: "\n")
        let report = try problems(dataset, "key,rank\n\(rows)\n", limit: 4)
        #expect(report.problems.count == 4)
        #expect(report.total == 30)
        #expect("\(report)".hasSuffix("… and 26 more (30 problems in all)"))
    }

    @Test func aRecordThatIsTooLargeNamesItsRow() throws {
        let dataset = try TestDataset()
        let fields = [TestResource.key] + ["a", "b", "c"].map { TestResource.field($0) }
        let long = String(repeating: "x", count: 60_000)
        let table = TestResource(name: "texts", fields: fields, csv: "key,a,b,c\nfine,1,2,3\nlarge,\(long),\(long),\(long)\n")
        let error = #expect(throws: Importer.Failure.self) { try dataset.importPackage([table]) }
        #expect(error.map { "\($0)" }?.contains("row 2 (line 3)") == true)
        #expect(try dataset.store.schema() == .system)
    }
}
