import AlmanacModel
import AlmanacPackage
import Testing

/// A file on its own against a collection that exists.
@Suite struct CSVImportTests {
    private func collection() throws -> Collection {
        let fields = [
            #"{"name": "key"}"#, #"{"name": "region", "constraints": {"required": true}}"#, #"{"name": "n", "type": "number"}"#,
            #"{"name": "parent"}"#, #"{"name": "tags", "type": "array"}"#,
        ]
        var fixture = Fixture(fields: fields)
        fixture.resource += #", "almanac:stream": "things", "almanac:partition": "region""#
        fixture.schema += #", "foreignKeys": [{"fields": "parent", "reference": {"fields": "key"}}]"#
        return try #require(try fixture.schema().collection(named: "things"))
    }

    private func importing(_ data: String) throws -> (report: ProblemReport, rows: [PackageRow]) {
        let folder = try TemporaryFolder()
        return try readAll(CSVImport(file: try folder.write(data, to: "more.csv"), collection: try collection()))
    }

    @Test func onlyColumnsThatAreThereSaySomething() throws {
        let (report, rows) = try importing("n,key,region,parent\n1.50,a,Asia,\n,b,Asia,a\n")
        #expect(report.isEmpty, "\(report)")
        let collection = try collection()
        let number = try #require(collection.field(named: "n")?.id)
        let tags = try #require(collection.field(named: "tags")?.id)
        #expect(rows.map(\.key) == ["a", "b"])
        #expect(rows.map(\.stream.rawValue) == ["things/asia", "things/asia"])
        #expect(rows.first?[number] == .value(.decimal(try #require(ExactDecimal("1.5")))))
        #expect(rows.last?[number] == .absent)
        #expect(rows.last?[tags] == nil)
    }

    @Test func unknownAndMissingColumnsAreProblems() throws {
        #expect(try importing("key,region,colour\n").report.problems.map(\.column) == ["colour"])
        #expect(try importing("region,n\nx,1\n").report.problems.map(\.rule) == [.missingColumn])
        #expect(try importing("key\na\n").report.problems.map(\.column) == ["region"])
    }

    @Test func constraintsOfTheSchemaHold() throws {
        #expect(try importing("key,region\na,x\na,x\nb,\n").report.problems.map(\.rule) == [.unique(firstRow: 1), .required])
    }

    @Test func everyTypeOfTheModelCanBeWritten() throws {
        let types: [(FieldType, String, ImportValue)] = [
            (.bytes, "00ff", .value(.bytes([0, 255]))), (.boolean, "0", .value(.boolean(false))),
            (.text, "x", .value(.text("x"))),
            (.integer, "5", .value(.integer(5))), (.textSet, "[]", .value(.textSet(TextSet([Text]())))),
        ]
        for (type, cell, value) in types {
            let (report, rows) = try importing(cell, as: type)
            #expect(report.isEmpty && rows.first?.values.last?.value == value)
        }
        #expect(try importing("x", as: .unknown(code: 99)).report.problems.map(\.rule) == [.unknownType])
        #expect(try importing("0", as: .bytes).report.total == 1)
    }

    private func importing(_ cell: String, as type: FieldType) throws -> (report: ProblemReport, rows: [PackageRow]) {
        let (one, two) = (try #require(FieldID(1)), try #require(FieldID(2)))
        let collection = Collection(
            id: try #require(CollectionID(16)), name: try #require(Identifier("things")), stream: .reference, key: one,
            fields: [
                Field(id: one, name: try #require(Identifier("key")), type: .text),
                Field(id: two, name: try #require(Identifier("x")), type: type),
            ])
        let folder = try TemporaryFolder()
        return try readAll(
            CSVImport(file: try folder.write("key,x\na,\(cell)\n", to: "t.csv"), collection: try #require(collection)))
    }

    @Test func aFileThatCannotBeReadIsAnError() throws {
        let folder = try TemporaryFolder()
        for path in ["\(folder.path)/nowhere.csv", folder.path, "/dev/zero"] {
            #expect(throws: PackageError.self) { _ = try CSVImport(file: path, collection: try collection()).rows() }
        }
    }
}
