import AlmanacModel
import AlmanacPackage
import AlmanacReplica
@testable import AlmanacServer
import Testing

/// Files that are the whole truth for their collections.
@Suite struct ReplaceTests {
    private static let cityFields = [
        TestResource.key, TestResource.field("name", "string", "\"required\": true"), TestResource.field("rank", "integer"),
    ]

    private func cities(_ keys: [String]) -> TestResource {
        let rows = keys.enumerated().map { "\($1),\($1.uppercased()),\($0 + 1)\n" }
        return TestResource(name: "cities", fields: Self.cityFields, csv: "key,name,rank\n\(rows.joined())")
    }

    private func tours(_ rows: String) -> TestResource {
        TestResource(
            name: "tours", fields: [TestResource.key, TestResource.field("city")], csv: "key,city\n\(rows)",
            references: [("city", "cities")])
    }

    private static func keys(_ count: Int) -> [String] { (1...count).map { "city\($0)" } }

    private func dataset(_ count: Int, tours rows: String = "") throws -> TestDataset {
        let dataset = try TestDataset()
        try dataset.importPackage([cities(Self.keys(count)), tours(rows)])
        return dataset
    }

    /// The plan with which an import is refused; it changes nothing.
    private func refused(
        _ dataset: TestDataset, _ resources: [TestResource], confirming count: Int? = nil
    ) throws -> DeletionPlan? {
        let head = try dataset.store.head()
        let error = #expect(throws: Importer.Failure.self) {
            try dataset.importPackage(resources, mode: .replace, confirming: count)
        }
        #expect(try dataset.store.head() == head)
        guard case .deletions(let plan)? = error else { return nil }
        return plan
    }

    private func problems(_ dataset: TestDataset, _ resources: [TestResource]) throws -> ProblemReport {
        let head = try dataset.store.head()
        let error = #expect(throws: Importer.Failure.self) {
            try dataset.importPackage(resources, mode: .replace, confirming: 1)
        }
        #expect(try dataset.store.head() == head)
        guard case .problems(let report)? = error else {
            Issue.record("\(String(describing: error))")
            return ProblemReport()
        }
        return report
    }

    // MARK: Deleting

    @Test func recordsThatAFileDoesNotNameGo() throws {
        let dataset = try dataset(10)
        let summary = try dataset.importPackage([cities(Self.keys(9) + ["ulm"])], mode: .replace)
        #expect(summary.tables == [.of("cities", created: 1, unchanged: 9, deleted: 1)])
        #expect(try dataset.record("city10", in: "cities") == nil)
        #expect(try dataset.record("ulm", in: "cities") != nil)
        #expect(try dataset.counts()["reference"] == 10 + 2 + 3 + 2 + 1, "records, collections, fields, the package")
        #expect(try dataset.store.check().findings.isEmpty)
    }

    @Test func tablesThatThePackageLacksStay() throws {
        let dataset = try dataset(3, tours: "a,\nb,\n")
        try dataset.importPackage([cities(Self.keys(3))], mode: .replace)
        #expect(try dataset.record("a", in: "tours") != nil)
    }

    @Test func aKeyThatComesBackIsAnotherRecord() throws {
        let dataset = try dataset(10)
        let id = try #require(try dataset.id(of: "city10", in: "cities"))
        try dataset.importPackage([cities(Self.keys(9))], mode: .replace)
        try dataset.importPackage([cities(Self.keys(10))], mode: .replace)
        let again = try #require(try dataset.id(of: "city10", in: "cities"))
        #expect(again > id)
    }

    @Test func mergingDeletesNothing() throws {
        let dataset = try dataset(10)
        let summary = try dataset.importPackage([cities(["city1"])])
        #expect(summary.tables == [.of("cities", unchanged: 1)])
        #expect(try dataset.record("city10", in: "cities") != nil)
    }

    @Test func aDeletedValueIsFreeInTheSameCommit() throws {
        let dataset = try TestDataset()
        let fields = [TestResource.key, TestResource.field("code", "string", "\"unique\": true")]
        try dataset.importPackage([TestResource(name: "codes", fields: fields, csv: "key,code\na,X\n")])
        let next = TestResource(name: "codes", fields: fields, csv: "key,code\nb,X\n")
        #expect(throws: Importer.Failure.self) { try dataset.importPackage([next]) }
        let summary = try dataset.importPackage([next], mode: .replace, confirming: 1)
        #expect(summary.tables == [.of("codes", created: 1, deleted: 1)])
    }

    // MARK: Columns

    @Test func aFieldWithoutAColumnBecomesAbsent() throws {
        let dataset = try dataset(2)
        let csv = "key,name\ncity1,One\ncity2,Two\n"
        let summary = try dataset.importCSV(csv, into: "cities", mode: .replace)
        #expect(summary.tables == [.of("cities", changed: 2)])
        #expect(try dataset.record("city1", in: "cities") == ["key": .text("city1"), "name": .text("One")])
    }

    @Test func aRequiredFieldWithoutAColumnIsMissing() throws {
        let dataset = try dataset(2)
        let error = #expect(throws: Importer.Failure.self) {
            try dataset.importCSV("key\ncity1\ncity2\n", into: "cities", mode: .replace)
        }
        guard case .problems(let report)? = error else { return }
        #expect(report.problems.map(\.rule) == [.required, .required])
        #expect(report.problems.map(\.row) == [1, 2])
    }

    // MARK: Referrers

    @Test func aRecordThatIsStillNeededDoesNotGo() throws {
        let dataset = try dataset(3, tours: "a,city1\nb,city3\nc,city3\n")
        let report = try problems(dataset, [cities(Self.keys(2))])
        #expect(report.total == 2)
        let problem = try #require(report.problems.first)
        #expect(
            "\(problem)" == "cities.csv, column key: \"city3\" is missing, so it would be deleted, but city of the record "
                + "\"b\" of tours refers to it.")
    }

    @Test func aReferrerMayGoInTheSameCommit() throws {
        let dataset = try dataset(3, tours: "a,city1\nb,city3\n")
        let summary = try dataset.importPackage([cities(Self.keys(2)), tours("a,city1\n")], mode: .replace, confirming: 2)
        #expect(summary.tables.map(\.deleted) == [1, 1])
        #expect(try dataset.store.check().findings.isEmpty)
    }

    @Test func aReferrerMayTurnToAnother() throws {
        let dataset = try dataset(3, tours: "a,city1\nb,city3\n")
        let summary = try dataset.importPackage(
            [tours("a,city1\nb,city2\n"), cities(Self.keys(2))], mode: .replace, confirming: 1)
        #expect(summary.tables == [.of("tours", changed: 1, unchanged: 1), .of("cities", unchanged: 2, deleted: 1)])
    }

    @Test func aRowThatRefersToARecordThatGoesIsDangling() throws {
        let dataset = try dataset(3, tours: "a,city1\nb,city3\n")
        let report = try problems(dataset, [cities(Self.keys(2)), tours("a,city1\nb,city3\n")])
        #expect(report.problems.map(\.row) == [2])
        #expect("\(report)".contains("column city: \"city3\" is not the key of any record of cities (did you mean \"city"))
    }

    @Test func aCircleOfTablesMayGoTogether() throws {
        let dataset = try TestDataset()
        func people(_ rows: String) -> TestResource {
            TestResource(
                name: "people", fields: [TestResource.key, TestResource.field("team")], csv: "key,team\n\(rows)",
                references: [("team", "crews")])
        }
        func teams(_ rows: String) -> TestResource {
            TestResource(
                name: "crews", fields: [TestResource.key, TestResource.field("lead")], csv: "key,lead\n\(rows)",
                references: [("lead", "people")])
        }
        try dataset.importPackage([people("ada,blue\nlin,red\n"), teams("blue,ada\nred,lin\n")])
        #expect(throws: Importer.Failure.self) {
            try dataset.importCSV("key,team\nada,blue\n", into: "people", mode: .replace, confirming: 1)
        }
        #expect(try dataset.record("lin", in: "people") != nil, "red still needs her")
        try dataset.importPackage([people("ada,blue\n"), teams("blue,ada\n")], mode: .replace, confirming: 2)
        #expect(try dataset.record("lin", in: "people") == nil && dataset.record("red", in: "crews") == nil)
        #expect(try dataset.store.check().findings.isEmpty)
    }

    // MARK: Confirmation

    @Test(arguments: [(10, 1, true), (10, 2, false), (5, 1, false), (1, 1, false), (19, 1, true), (20, 2, true), (20, 3, false)])
    func threat32MoreThanATenthWantsAConfirmation(count: Int, deleted: Int, isAllowed: Bool) throws {
        let dataset = try dataset(count)
        let rest = [cities(Self.keys(count).dropLast(deleted))]
        if isAllowed {
            #expect(try dataset.importPackage(rest, mode: .replace).tables.map(\.deleted) == [deleted])
        } else {
            let plan = try refused(dataset, rest)
            #expect(plan?.shares == [.of("cities", deleted, count)])
            #expect(try dataset.importPackage(rest, mode: .replace, confirming: deleted).tables.map(\.deleted) == [deleted])
        }
    }

    @Test func threat32TheConfirmationIsTheExactNumber() throws {
        let dataset = try dataset(5)
        for wrong in [0, 1, 3, 5] { #expect(try refused(dataset, [cities(Self.keys(3))], confirming: wrong)?.total == 2) }
        #expect(try refused(dataset, [cities(Self.keys(5))], confirming: 1)?.total == 0, "even where none is needed")
        #expect(try dataset.importPackage([cities(Self.keys(3))], mode: .replace, confirming: 2).commit != nil)
    }

    @Test func threat32AnEmptyFileIsTheDeletionOfAll() throws {
        let dataset = try dataset(4)
        #expect(try refused(dataset, [cities([])])?.total == 4)
    }

    @Test func threat32OneLargeShareIsEnoughAndAllAreCounted() throws {
        let dataset = try dataset(30, tours: "a,\nb,\n")
        let resources = [cities(Self.keys(29)), tours("a,\n")]
        let plan = try refused(dataset, resources)
        #expect(plan?.description == "1 of 30 records of cities and 1 of 2 of tours")
        #expect(plan?.total == 2)
        #expect(plan.map { "\(Importer.Failure.deletions($0))" }?.hasSuffix("confirm it by --confirm-deletions 2") == true)
        #expect(try dataset.importPackage(resources, mode: .replace, confirming: 2).tables.map(\.deleted) == [1, 1])
    }
}

extension DeletionPlan.Share {
    fileprivate static func of(_ name: String, _ deleted: Int, _ existing: Int) -> Self {
        Self(collection: name, deleted: deleted, existing: existing)
    }
}
