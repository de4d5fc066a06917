import AlmanacModel
import AlmanacPackage
import AlmanacReplica
@testable import AlmanacServer
import Testing

/// Tables of a foreign shape, imported by a mapping.
@Suite struct MappedImportTests {
    private static let mapping = """
        {"almanac": "mapping/1", "title": "t", "collection": "figures", "missing": [""],
         "years": {"columns": "{year}", "first": 2001, "last": 2002},
         "subject": {"column": "name", "among": ["economy/", "group/"], "in": [
          {"collection": "subjects", "name": "name", "key": "key"}, {"collection": "aliases", "name": "alias", "key": "subject"}],
          "names": {"Utopia (former)": "group/utopia"}, "ignore": ["Total"]},
         "fields": {"key": "{subject}/{year}", "subject": "{subject}", "value": "{value}"},
         "records": {"subjects": [{"key": "economy/aa", "name": "never"}, {"key": "group/utopia", "name": "Utopia"}]}}
        """

    private func dataset() throws -> TestDataset {
        let dataset = try TestDataset()
        try dataset.importPackage([
            TestResource(
                name: "subjects", fields: [TestResource.key, TestResource.field("name")],
                csv: "key,name\neconomy/aa,Aland\neconomy/bb,Bland\nplace/bland,Bland\n"),
            TestResource(
                name: "aliases", fields: [TestResource.key, TestResource.field("alias"), TestResource.field("subject")],
                csv: "key,alias,subject\n1,Kingdom of Aland,economy/aa\n", references: [("subject", "subjects")]),
            TestResource(
                name: "figures",
                fields: [TestResource.key, TestResource.field("subject"), TestResource.field("value", "number")],
                csv: "key,subject,value\n", references: [("subject", "subjects")]),
        ])
        return dataset
    }

    private func imported(_ csv: String, into dataset: TestDataset, mapping: String = Self.mapping) throws -> ImportSummary {
        let mapping = try Mapping.read(at: dataset.folder.write(mapping, to: "mapping.json"))
        let path = try dataset.folder.write(csv, to: "table.csv")
        return try dataset.importer.importTable(at: path, by: mapping, dataset.circumstances())
    }

    @Test func oneCommitBringsEverythingThatTheRowsNeed() throws {
        let dataset = try dataset()
        let summary = try imported(
            "name,2001,2002\nKingdom of Aland*,1,2\nBland,0,\nUtopia (former),5,6\nTotal,9,9\n", into: dataset)
        #expect(summary.tables == [.of("subjects", created: 1, unchanged: 1), .of("figures", created: 5)])
        #expect(try dataset.record("economy/aa", in: "subjects")?["name"] == .text("Aland"), "what is there stays")
        let utopia = try #require(try dataset.id(of: "group/utopia", in: "subjects"))
        #expect(
            try dataset.record("group/utopia/2002", in: "figures")
                == [
                    "key": .text("group/utopia/2002"), "subject": .reference(utopia),
                    "value": .decimal(try #require(ExactDecimal("6"))),
                ])
        #expect(try dataset.record("economy/bb/2001", in: "figures")?["value"] == .decimal(.zero))
        #expect(try dataset.record("economy/bb/2002", in: "figures") == nil)
        #expect(try dataset.store.check().findings.isEmpty)
    }

    @Test func theSameAgainIsNoCommitAndARevisionChangesItsRows() throws {
        let dataset = try dataset()
        _ = try imported("name,2001,2002\nAland,1,2\n", into: dataset)
        #expect(try imported("name,2001,2002\nAland,1,2\n", into: dataset).commit == nil)
        #expect(
            try imported("name,2001,2002\nAland,1,2.5\n", into: dataset).tables.last == .of("figures", changed: 1, unchanged: 1))
    }

    @Test func aRowThatCannotBeResolvedImportsNothing() throws {
        let dataset = try dataset()
        let head = try dataset.store.head()
        let error = #expect(throws: Importer.Failure.self) {
            try imported("name,2001,2002\nBland,1,2\nBlond,1,2\nNowhere,1,x\n", into: dataset)
        }
        guard case .problems(let report)? = error else { return }
        #expect(report.total == 2)
        #expect("\(report)".contains("\"Blond\" is not a name that the dataset knows (did you mean \"Bland\"?)"))
        #expect(try dataset.store.head() == head)
        #expect(try dataset.record("group/utopia", in: "subjects") == nil, "nor what the mapping brings")
    }

    @Test func aNameThatTheMappingInventsIsDangling() throws {
        let dataset = try dataset()
        let mapping = Self.mapping.replacing("group/utopia\"}", with: "group/utopla\"}")
        let error = #expect(throws: Importer.Failure.self) {
            try imported("name,2001,2002\nUtopia (former),1,\n", into: dataset, mapping: mapping)
        }
        #expect(
            error.map { "\($0)" }?.hasSuffix(
                "row 1 (line 2), column subject: \"group/utopla\" is not the key of any record of subjects "
                    + "(did you mean \"group/utopia\"?).") == true)
    }

    @Test func recordsOfTheMappingAreValidatedToo() throws {
        let dataset = try dataset()
        let mapping = Self.mapping.replacing("{\"key\": \"economy/aa\"", with: "{\"key\": \"group/utopia\"")
        let error = #expect(throws: Importer.Failure.self) { try imported("name,2001,2002\n", into: dataset, mapping: mapping) }
        #expect(
            error.map { "\($0)" }?.hasSuffix(
                "mapping.json, records.subjects, row 2, column key: \"group/utopia\" has to be unique, and row 1 has it already.")
                == true)
    }

    @Test func whatTheDatasetLacksIsNamed() throws {
        let dataset = try dataset()
        for (old, new, sentence) in [
            ("\"figures\"", "\"numbers\"", "there is no table numbers; there are: subjects, aliases, figures"),
            ("\"aliases\"", "\"nicknames\"", "there is no table nicknames; there are: subjects, aliases, figures"),
            ("\"alias\"", "\"nickname\"", "the table aliases has no field nickname"),
        ] {
            let error = #expect(throws: Importer.Failure.self) {
                try imported("name,2001,2002\n", into: dataset, mapping: Self.mapping.replacing(old, with: new))
            }
            #expect(error.map { "\($0)" }?.contains(sentence) == true, "\(String(describing: error))")
        }
        #expect(throws: PackageError.self) {
            try imported(
                "name,2001,2002\n", into: dataset,
                mapping: Self.mapping.replacing("{\"key\": \"economy/aa\"", with: "{\"code\": \"x\""))
        }
    }
}
