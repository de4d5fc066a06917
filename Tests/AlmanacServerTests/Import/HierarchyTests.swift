import AlmanacModel
import AlmanacPackage
import AlmanacReplica
@testable import AlmanacServer
import Testing

/// Fields whose references may not lead back to where they began.
@Suite struct HierarchyTests {
    private func places(_ rows: String, isHierarchy: Bool = true) -> TestResource {
        let within = isHierarchy ? "{\"name\": \"within\", \"almanac:acyclic\": true}" : TestResource.field("within")
        return TestResource(
            name: "places", fields: [TestResource.key, within], csv: "key,within\n\(rows)", references: [("within", "places")])
    }

    private func dataset(_ rows: String) throws -> TestDataset {
        let dataset = try TestDataset()
        try dataset.importPackage([places(rows)])
        return dataset
    }

    private func problems(_ dataset: TestDataset, _ body: () throws -> Void) throws -> ProblemReport {
        let head = try dataset.store.head()
        let error = #expect(throws: Importer.Failure.self, performing: body)
        #expect(try dataset.store.head() == head)
        guard case .problems(let report)? = error else {
            Issue.record("\(String(describing: error))")
            return ProblemReport()
        }
        return report
    }

    @Test func aHierarchyImports() throws {
        let dataset = try dataset("ulm,germany\ngermany,europe\neurope,\nparis,france\nfrance,europe\n")
        #expect(try dataset.record("ulm", in: "places")?["within"] != nil)
    }

    @Test func aCircleNamesItsRows() throws {
        let dataset = try TestDataset()
        let report = try problems(dataset) { try dataset.importPackage([places("x,c\na,b\nb,c\nc,a\nd,\n")]) }
        #expect(report.total == 1, "x only leads into it")
        let problem = try #require(report.problems.first)
        #expect(problem.row == 2 && problem.line == 3 && problem.column == "within" && problem.value == "b")
        #expect(
            "\(problem)" == "places.csv, row 2 (line 3), column within: \"b\" leads back to itself: "
                + "\"a\" (row 2) → \"b\" (row 3) → \"c\" (row 4) → \"a\".")
    }

    @Test func everyCircleIsReported() throws {
        let dataset = try TestDataset()
        let report = try problems(dataset) { try dataset.importPackage([places("a,b\nb,a\nc,c\nd,e\ne,f\nf,d\n")]) }
        #expect(report.problems.map(\.row) == [1, 3, 4])
    }

    @Test func aCircleThroughRecordsThatTheFileDoesNotName() throws {
        let dataset = try dataset("ulm,germany\ngermany,europe\neurope,\n")
        let report = try problems(dataset) { try dataset.importCSV("key,within\nparis,\neurope,ulm\n", into: "places") }
        #expect(
            "\(report)".hasSuffix(
                "row 2 (line 3), column within: \"ulm\" leads back to itself: \"europe\" (row 2) → \"ulm\" (not in the file) → "
                    + "\"germany\" (not in the file) → \"europe\"."))
    }

    @Test func aTableKnowsItsHierarchyWithoutThePackage() throws {
        let dataset = try dataset("a,\n")
        #expect(try problems(dataset) { try dataset.importCSV("key,within\na,a\n", into: "places") }.total == 1)
    }

    @Test func aCircleThatTheImportOpensIsNone() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([places("a,b\nb,a\n", isHierarchy: false)])
        #expect(try problems(dataset) { try dataset.importPackage([places("c,\n")]) }.problems.map(\.row) == [nil])
        try dataset.importPackage([places("b,\n")])
        #expect(try dataset.record("b", in: "places") == ["key": .text("b")])
    }

    @Test func aRecordThatGoesBreaksItsCircle() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([places("a,b\nb,a\n", isHierarchy: false)])
        try dataset.importPackage([places("a,\n")], mode: .replace, confirming: 1)
        #expect(try dataset.record("b", in: "places") == nil)
    }

    @Test func otherFieldsMayMakeCircles() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([places("a,b\nb,a\n", isHierarchy: false)])
        #expect(try dataset.record("a", in: "places")?["within"] != nil)
    }

    @Test func aLongChainIsNoCircle() throws {
        let rows = (1...3_000).map { "p\($0),\($0 == 3_000 ? "" : "p\($0 + 1)")\n" }
        let dataset = try dataset(rows.joined())
        let report = try problems(dataset) { try dataset.importCSV("key,within\np3000,p1\n", into: "places") }
        #expect("\(report)".hasSuffix("→ … → \"p3000\"."), "a long circle is cut")
    }
}
