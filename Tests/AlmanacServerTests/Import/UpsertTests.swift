import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacWire
import Foundation
import Testing

@testable import AlmanacServer

@Suite struct UpsertTests {
    private static let cities = TestResource(
        name: "cities",
        fields: [TestResource.key, TestResource.field("name"), TestResource.field("rank", "integer", "\"minimum\": 1")],
        csv: "key,name,rank\ntokyo,Tokyo,1\nbeijing,Beijing,2\n")

    private func cities(_ csv: String) -> TestResource {
        TestResource(name: "cities", fields: Self.cities.fields, csv: csv)
    }

    @Test func rowsOfUnknownKeysMakeRecordsAndKnownOnesChangeTheirs() throws {
        let dataset = try TestDataset()
        let first = try dataset.importPackage([Self.cities])
        #expect(first.tables == [.of("cities", created: 2)])
        let id = try dataset.id(of: "tokyo", in: "cities")

        let second = try dataset.importPackage([cities("key,name,rank\ntokyo,Tōkyō,1\nseoul,Seoul,3\nbeijing,Beijing,2\n")])
        #expect(second.tables == [.of("cities", created: 1, changed: 1, unchanged: 1)])
        #expect(try dataset.id(of: "tokyo", in: "cities") == id)
        #expect(try dataset.record("tokyo", in: "cities")?["name"] == .text("Tōkyō"))
        #expect(try dataset.counts()["reference"].map { $0 >= 3 } == true)
    }

    @Test func importingTheSameAgainIsNoCommit() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([Self.cities])
        let head = try dataset.store.head()
        let again = try dataset.importPackage([Self.cities])
        #expect(again.commit == nil)
        #expect(again.tables == [.of("cities", unchanged: 2)])
        #expect(try dataset.store.head() == head)
    }

    @Test func theCommitSaysWhoAndWhy() throws {
        let dataset = try TestDataset()
        let summary = try dataset.importPackage([Self.cities], author: "Léa", message: "the first ranks")
        let commit = try #require(try dataset.store.lastCommit())
        #expect(commit == summary.commit)
        #expect(commit.header.author == "Léa")
        #expect(commit.header.message == "the first ranks")
        #expect(commit.header.time == TestDataset.founded)
    }

    @Test func aFileChangesTheFieldsThatItNames() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([Self.cities])
        try dataset.importCSV("key,rank\ntokyo,7\n", into: "cities")
        #expect(
            try dataset.record("tokyo", in: "cities") == ["key": .text("tokyo"), "name": .text("Tokyo"), "rank": .integer(7)])
    }

    @Test func anEmptyCellClearsAFieldAndAMissingColumnDoesNot() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([Self.cities])
        try dataset.importCSV("key,rank\ntokyo,\n", into: "cities")
        #expect(try dataset.record("tokyo", in: "cities") == ["key": .text("tokyo"), "name": .text("Tokyo")])
    }

    @Test func aTableThatIsNotThereIsNamedWithThoseThatAre() throws {
        let dataset = try TestDataset()
        #expect(throws: (any Error).self) { try dataset.importCSV("key\na\n", into: "cities") }
        try dataset.importPackage([Self.cities])
        let error = #expect(throws: Importer.Failure.self) { try dataset.importCSV("key\na\n", into: "towns") }
        #expect(error.map { "\($0)" } == "there is no table towns; there are: cities")
        #expect(throws: Importer.Failure.self) { try dataset.importCSV("name\na\n", into: "schema_collection") }
    }

    // MARK: Streams

    @Test func aRecordMovesWithItsPartitionValue() throws {
        let dataset = try TestDataset()
        let deals = TestResource(
            name: "deals", fields: [TestResource.key, TestResource.field("region"), TestResource.field("size", "integer")],
            csv: "key,region,size\na,Asia,1\nb,Europe,2\n", stream: "deals", partition: "region")
        try dataset.importPackage([deals])
        #expect(try dataset.counts()["deals/asia"] == 1)
        #expect(try dataset.counts()["deals/europe"] == 1)
        let id = try dataset.id(of: "a", in: "deals")

        let summary = try dataset.importCSV("key,region\na,Europe\n", into: "deals")
        #expect(summary.tables == [.of("deals", changed: 1)])
        #expect(try dataset.counts()["deals/asia"] == 0)
        #expect(try dataset.counts()["deals/europe"] == 2)
        #expect(try dataset.id(of: "a", in: "deals") == id)
        #expect(try dataset.record("a", in: "deals")?["size"] == .integer(1))
        #expect(try dataset.store.check().findings.isEmpty)
    }

    // MARK: The schema

    @Test func aSchemaGrows() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([Self.cities])
        let grown = TestResource(
            name: "cities", fields: Self.cities.fields + [TestResource.field("country")],
            csv: "key,name,rank,country\ntokyo,Tokyo,1,JP\n")
        let more = TestResource(name: "towns", fields: [TestResource.key], csv: "key\nulm\n")
        try dataset.importPackage([grown, more])
        #expect(try dataset.record("tokyo", in: "cities")?["country"] == .text("JP"))
        #expect(try dataset.record("beijing", in: "cities")?["name"] == .text("Beijing"))
        #expect(try dataset.record("ulm", in: "towns") != nil)
    }

    @Test func aTypeDoesNotChange() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([Self.cities])
        let head = try dataset.store.head()
        let changed = TestResource(
            name: "cities", fields: [TestResource.key, TestResource.field("rank", "string")], csv: "key,rank\ntokyo,first\n")
        let error = #expect(throws: PackageError.self) { try dataset.importPackage([changed]) }
        #expect("\(String(describing: error))".contains("rank"))
        #expect(try dataset.store.head() == head)
    }

    @Test func theShippedPackageImports() throws {
        let dataset = try TestDataset()
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/AlmanacDataset/Package").path
        let circumstances = Importer.Circumstances(author: "test", message: "shipped", time: TestDataset.founded)
        let summary = try Importer(store: dataset.store).importPackage(at: package, circumstances)
        #expect(summary.tables.count == 34 && summary.tables.allSatisfy { $0.created > 0 && $0.changed == 0 })
        #expect(try dataset.counts()["rankings"].map { $0 > 100 } == true)
        #expect(try dataset.store.check().findings.isEmpty)
        #expect(try Importer(store: dataset.store).importPackage(at: package, circumstances).commit == nil)
    }
}

extension ImportSummary.Table {
    static func of(_ name: String, created: Int = 0, changed: Int = 0, unchanged: Int = 0, deleted: Int = 0) -> Self {
        var table = Self(name: name)
        table.created = created
        table.changed = changed
        table.unchanged = unchanged
        table.deleted = deleted
        return table
    }
}
