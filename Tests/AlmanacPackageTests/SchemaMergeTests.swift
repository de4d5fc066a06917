import AlmanacModel
import AlmanacPackage
import Testing

@Suite struct SchemaMergeTests {
    private func conflicts(_ fixture: Fixture, over existing: Schema) throws -> [SchemaConflict] {
        let error = try #require(throws: PackageError.self) { _ = try fixture.schema(over: existing) }
        guard case .conflicts(let conflicts) = error else { throw error }
        #expect(error.description.split(separator: "\n").count == conflicts.count)
        return conflicts
    }

    private func name(_ text: String) throws -> Identifier { try #require(Identifier(text)) }

    private static func other(_ name: String, _ rest: String = "") -> String {
        #"{"name": "\#(name)", "path": "things.csv"\#(rest), "schema": {"fields": [{"name": "key"}], "primaryKey": "key"}}"#
    }

    @Test func idsComeFromTheDescriptorOrAreTheNextFree() throws {
        var fixture = Fixture(fields: [#"{"name": "a", "almanac:id": 2}"#, #"{"name": "key"}"#, #"{"name": "c"}"#])
        fixture.others = [Self.other("second", #", "almanac:id": 16"#), Self.other("third")]
        let schema = try fixture.schema()
        #expect(schema.collections.map(\.id.rawValue) == [1, 2, 3, 4, 5, 6, 16, 17, 18])
        #expect(schema.collections.dropFirst(6).map(\.name.rawValue) == ["second", "things", "third"])
        #expect(schema.collection(named: "things")?.fields.map(\.name.rawValue) == ["key", "a", "c"])
    }

    @Test func existingIDsStay() throws {
        let old = try Fixture(
            resource: #""name": "things", "path": "things.csv", "almanac:id": 40"#,
            fields: [#"{"name": "key", "almanac:id": 7}"#, #"{"name": "gone"}"#]
        )
        .schema()
        var fixture = Fixture(fields: [#"{"name": "key"}"#, #"{"name": "new"}"#])
        fixture.others = [Self.other("second")]
        let schema = try fixture.schema(over: old)
        let things = try #require(schema.collection(named: "things"))
        #expect(things.id.rawValue == 40)
        #expect(things.fields.map { "\($0.id) \($0.name)" } == ["1 gone", "7 key", "8 new"])
        #expect(schema.collection(named: "second")?.id.rawValue == 41)
        #expect(try fixture.schema(over: schema) == schema, "a package changes nothing the second time")
    }

    @Test func collectionsOfOtherPackagesStay() throws {
        let old = try Fixture().schema()
        let schema = try Fixture(resource: #""name": "others", "path": "things.csv""#).schema(over: old)
        #expect(schema.collections.map(\.name.rawValue).suffix(2) == ["things", "others"])
        #expect(schema.collection(named: "things") == old.collection(named: "things"))
    }

    @Test func existingSchemaNeedNotHoldTheSystemsCollections() throws {
        #expect(try Fixture().schema(over: try #require(Schema([]))) == Fixture().schema())
    }

    @Test func statedIDsThatDoNotFitAreConflicts() throws {
        let old = try Fixture().schema()
        #expect(
            try conflicts(Fixture(resource: #""name": "things", "path": "things.csv", "almanac:id": 17"#), over: old)
                == [.collectionID(name("things"), stated: 17, existing: 16)])
        #expect(
            try conflicts(Fixture(resource: #""name": "renamed", "path": "things.csv", "almanac:id": 16"#), over: old)
                == [.collectionIDTaken(name("renamed"), stated: 16, by: name("things"))])
        #expect(
            try conflicts(Fixture(fields: [#"{"name": "key", "almanac:id": 2}"#]), over: old)
                == [.fieldID(name("key"), of: name("things"), stated: 2, existing: 1)])
        #expect(
            try conflicts(Fixture(fields: [#"{"name": "key"}"#, #"{"name": "x", "almanac:id": 1}"#]), over: old)
                == [.fieldIDTaken(name("x"), of: name("things"), stated: 1, by: name("key"))])
    }

    @Test func idsRunOut() throws {
        let last = try Fixture(
            resource: #""name": "things", "path": "things.csv", "almanac:id": 65535"#,
            fields: [#"{"name": "key", "almanac:id": 1024}"#]
        ).schema()
        #expect(
            try conflicts(Fixture(resource: #""name": "more", "path": "things.csv""#), over: last) == [
                .noCollectionID(name("more"))
            ])
        #expect(
            try conflicts(Fixture(fields: [#"{"name": "key"}"#, #"{"name": "x"}"#]), over: last)
                == [.noFieldID(name("x"), of: name("things"))])
    }

    @Test func whatMayNotChangeIsAConflict() throws {
        var fixture = Fixture.field(#""type": "integer""#)
        fixture.schema += #", "foreignKeys": []"#
        let old = try fixture.schema()
        #expect(
            try conflicts(.field(#""type": "number""#), over: old)
                == [.type(name("x"), of: name("things"), stated: "decimal", existing: "integer")])
        #expect(
            try conflicts(Fixture(schema: #""primaryKey": "z""#, fields: [#"{"name": "z"}"#]), over: old)
                == [.key(of: name("things"), stated: name("z"), existing: name("key"))])
        var moved = Fixture.field(#""type": "integer""#)
        moved.resource += #", "almanac:stream": "elsewhere", "almanac:partition": "x""#
        #expect(
            try conflicts(moved, over: old) == [
                .stream(of: name("things"), stated: #require(StreamName("elsewhere")), existing: .reference),
                .partition(of: name("things"), stated: name("x"), existing: nil),
            ])
    }

    @Test func aReferenceMayNotChangeItsTarget() throws {
        var fixture = Fixture.field(#""title": "X""#)
        fixture.others = [Self.other("others")]
        fixture.schema += #", "foreignKeys": [{"fields": "x", "reference": {"resource": "others", "fields": "key"}}]"#
        let old = try fixture.schema()
        #expect(old.collection(named: "things")?.field(named: "x")?.type == .reference(try #require(CollectionID(17))))
        fixture.schema = fixture.schema.replacing("others", with: "things")
        #expect(
            try conflicts(fixture, over: old)
                == [.type(name("x"), of: name("things"), stated: "a reference to things", existing: "a reference to others")])
    }

    @Test func allConflictsAreSaid() throws {
        let old = try Fixture(fields: [#"{"name": "key"}"#, #"{"name": "x"}"#, #"{"name": "y"}"#]).schema()
        let fixture = Fixture(fields: [#"{"name": "key"}"#, #"{"name": "x", "type": "date"}"#, #"{"name": "y", "type": "year"}"#])
        #expect(try conflicts(fixture, over: old).count == 2)
    }

    @Test func importsNeedTheSchemaOfThePackage() throws {
        let folder = try TemporaryFolder()
        try Fixture.field(#""type": "date""#).write(to: folder)
        let package = try DataPackage.read(at: folder.path)
        #expect(throws: PackageError.conflicts([.unknownCollection(try name("things"))])) { try package.imports(into: .system) }
        let older = try Fixture.field(#""type": "integer""#).schema()
        #expect(throws: PackageError.conflicts([.unknownField(try name("x"), of: try name("things"))])) {
            try package.imports(into: older)
        }
    }
}
