import AlmanacModel
import AlmanacPackage
import AlmanacReplica
@testable import AlmanacServer
import Testing

@Suite struct ReferenceTests {
    private func people(_ csv: String) -> TestResource {
        TestResource(
            name: "people", fields: [TestResource.key, TestResource.field("boss"), TestResource.field("team")], csv: csv,
            references: [("boss", "people"), ("team", "crews")])
    }

    private func teams(_ csv: String) -> TestResource {
        TestResource(
            name: "crews", fields: [TestResource.key, TestResource.field("lead")], csv: csv, references: [("lead", "people")])
    }

    @Test func rowsReferToEachOtherInAnyOrderAndInCircles() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([
            people("key,boss,team\nada,grace,blue\ngrace,grace,blue\nlin,ada,red\n"),
            teams("key,lead\nblue,lin\nred,ada\n"),
        ])
        let ids = try ["ada", "grace", "lin"].compactMap { try dataset.id(of: $0, in: "people") }
        #expect(ids.count == 3)
        #expect(try dataset.record("ada", in: "people")?["boss"] == .reference(ids[1]))
        #expect(try dataset.record("grace", in: "people")?["boss"] == .reference(ids[1]), "itself")
        #expect(try dataset.record("lin", in: "people")?["boss"] == .reference(ids[0]))
        #expect(try dataset.record("blue", in: "crews")?["lead"] == .reference(ids[2]))
    }

    @Test func aReferenceFindsARecordThatIsThereAlready() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([people("key,boss,team\nada,,\n"), teams("key,lead\n")])
        try dataset.importCSV("key,lead\nblue,ada\n", into: "crews")
        let ada = try #require(try dataset.id(of: "ada", in: "people"))
        #expect(try dataset.record("blue", in: "crews")?["lead"] == .reference(ada))
    }

    @Test func anUnknownReferenceNamesFileRowColumnAndValueAndImportsNothing() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([people("key,boss,team\nada,,\n"), teams("key,lead\n")])
        let head = try dataset.store.head()
        let error = #expect(throws: Importer.Failure.self) {
            try dataset.importCSV("key,lead\nblue,ada\nred,nobody\ngrey,\u{1b}[31mx\n", into: "crews")
        }
        guard case .problems(let report)? = error else { return }
        #expect(report.total == 2)
        let problem = try #require(report.problems.first)
        #expect(problem.file.hasSuffix("/crews.csv"))
        #expect(problem.row == 2)
        #expect(problem.line == 3)
        #expect(problem.column == "lead")
        #expect(problem.value == "nobody")
        #expect("\(problem)".hasSuffix("row 2 (line 3), column lead: \"nobody\" is not the key of any record of people."))
        #expect(!"\(report)".contains("\u{1b}"))
        #expect(try dataset.store.head() == head)
        #expect(try dataset.id(of: "blue", in: "crews") == nil, "the good row stays out too")
    }

    @Test func aNearKeyIsSuggested() throws {
        let dataset = try TestDataset()
        try dataset.importPackage([people("key,boss,team\nada,,\ngrace,,\n"), teams("key,lead\n")])
        let error = #expect(throws: Importer.Failure.self) {
            try dataset.importCSV("key,lead\nblue,grase\nred,blue\ngrey,\n", into: "crews")
        }
        guard case .problems(let report)? = error else { return }
        #expect(report.problems.map(\.rule).first == .unknownReference(to: try #require(Identifier("people")), near: "grace"))
        #expect("\(report)".contains("\"grase\" is not the key of any record of people (did you mean \"grace\"?)."))
        #expect(report.total == 2)
    }

    @Test func everyDanglingReferenceOfEveryTableIsFound() throws {
        let dataset = try TestDataset()
        let error = #expect(throws: Importer.Failure.self) {
            try dataset.importPackage(
                [people("key,boss,team\nada,x1,y1\nlin,ada,y2\n"), teams("key,lead\nblue,x2\nred,ada\n")], problems: 3)
        }
        guard case .problems(let report)? = error else { return }
        #expect(report.total == 4)
        #expect(report.problems.count == 3)
    }

    @Test func aPackageWithOneBadReferenceImportsNothingOfAnyTable() throws {
        let dataset = try TestDataset()
        let head = try dataset.store.head()
        #expect(throws: Importer.Failure.self) {
            try dataset.importPackage([people("key,boss,team\nada,,blue\n"), teams("key,lead\nred,\n")])
        }
        #expect(try dataset.store.head() == head)
        #expect(try dataset.store.schema() == .system, "not even the schema")
    }

    @Test func theOrderFollowsTheReferences() throws {
        let line = ReferenceOrder([try collection(20, to: 21), try collection(21, to: 22), try collection(22, to: nil)])
        #expect(line.sorted.map(\.rawValue) == [22, 21, 20])
        let circle = ReferenceOrder([try collection(20, to: 21), try collection(21, to: 20), try collection(23, to: 20)])
        #expect(circle.sorted.map(\.rawValue) == [21, 20, 23])
    }

    private func collection(_ number: UInt64, to target: UInt64?) throws -> Collection {
        let type = try target.map { FieldType.reference(try #require(CollectionID($0))) } ?? .text
        let (fieldID, fieldName) = (try #require(FieldID(1)), try #require(Identifier("other")))
        let (id, name) = (try #require(CollectionID(number)), try #require(Identifier("c\(number)")))
        let field = Field(id: fieldID, name: fieldName, type: type)
        return try #require(Collection(id: id, name: name, stream: .reference, fields: [field]))
    }
}
