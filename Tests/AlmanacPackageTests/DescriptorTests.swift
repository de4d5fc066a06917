import AlmanacModel
import AlmanacPackage
import Testing

/// One malformed descriptor a rule.
@Suite struct DescriptorTests {
    private func expect(_ fixture: Fixture, _ path: String, _ rule: DescriptorRule, _ place: SourceLocation = #_sourceLocation)
        throws
    {
        let found = try refusal { _ = try fixture.read() }
        #expect(found.path == path, sourceLocation: place)
        #expect(found.rule == rule, sourceLocation: place)
    }

    private func expect(json: String, _ path: String, _ rule: DescriptorRule, _ place: SourceLocation = #_sourceLocation) throws {
        let folder = try TemporaryFolder()
        try folder.write(json, to: "datapackage.json")
        let found = try refusal { _ = try DataPackage.read(at: folder.path) }
        #expect(found.path == path, sourceLocation: place)
        #expect(found.rule == rule, sourceLocation: place)
    }

    private let wholeField = "resources[0].schema.fields[1]"

    @Test func theFixtureItselfIsRead() throws {
        let package = try Fixture().read()
        #expect(package.resources.map(\.name.rawValue) == ["things"])
    }

    @Test func theDocument() throws {
        try expect(json: "", "", .notJSON(line: 1, column: 1, reason: "a value is missing at the end"))
        try expect(json: "{\n  \"name\": p}", "", .notJSON(line: 2, column: 11, reason: "this is no value"))
        try expect(json: "[]", "", .wrongKind(expected: "an object", found: "an array"))
        try expect(json: "{}", "name", .missing)
        try expect(json: #"{"name": "p"}"#, "resources", .missing)
        try expect(json: #"{"name": 1}"#, "name", .wrongKind(expected: "a string", found: "a number"))
        try expect(
            json: #"{"name": "p", "resources": [1]}"#, "resources[0]", .wrongKind(expected: "an object", found: "a number"))
        try expect(json: #"{"name": "p", "resources": [{}]}"#, "resources[0].name", .missing)
        let limit = DataPackage.maximumDescriptorSize
        try expect(json: String(repeating: " ", count: limit.rawValue + 1), "", .tooLarge(limit: limit))
    }

    @Test func namesAndIDs() throws {
        let twice = #"{"name": "things", "path": "things.csv", "schema": {"fields": [{"name": "key"}], "primaryKey": "key"}}"#
        try expect(Fixture(resource: #""name": "Things", "path": "things.csv""#), "resources[0].name", .notIdentifier("Things"))
        try expect(Fixture(resource: #""name": "schema_x", "path": "x.csv""#), "resources[0].name", .notIdentifier("schema_x"))
        try expect(Fixture(others: [twice]), "resources[1].name", .repeatedName("things"))
        try expect(
            Fixture(
                resource: #""name": "things", "path": "things.csv", "almanac:id": 16"#,
                others: [twice.replacing("\"things\"", with: "\"others\", \"almanac:id\": 16")]),
            "resources[1].almanac:id", .repeatedID(16))
        try expect(
            Fixture(resource: #""name": "things", "path": "things.csv", "almanac:id": 15"#), "resources[0].almanac:id",
            .outOfRange("15", lowest: 16, highest: 65_535))
        try expect(
            Fixture(resource: #""name": "things", "path": "things.csv", "almanac:id": 1e2"#), "resources[0].almanac:id",
            .outOfRange("1e2", lowest: 16, highest: 65_535))
        try expect(.field(#""almanac:id": 0"#), "\(wholeField).almanac:id", .outOfRange("0", lowest: 1, highest: 1_024))
        try expect(
            Fixture(fields: [#"{"name": "key", "almanac:id": 1}"#, #"{"name": "x", "almanac:id": 1}"#]),
            "\(wholeField).almanac:id",
            .repeatedID(1))
        try expect(Fixture(fields: [#"{"name": "key"}"#, #"{"name": "key"}"#]), "\(wholeField).name", .repeatedName("key"))
        try expect(Fixture(fields: [#"{"name": "key"}"#, #"{"name": "rowid"}"#]), "\(wholeField).name", .notIdentifier("rowid"))
        let many = (0...1_024).map { #"{"name": "f\#($0)"}"# }
        try expect(Fixture(fields: many), "resources[0].schema.fields", .tooManyFields(limit: 1_024))
    }

    @Test func propertiesOfOurs() throws {
        try expect(Fixture(package: #""name": "p", "almanac:stream": "x""#), "almanac:stream", .unknownProperty)
        try expect(
            Fixture(resource: #""name": "things", "path": "things.csv", "almanac:steam": "x""#), "resources[0].almanac:steam",
            .unknownProperty)
        try expect(.field(#""almanac:ID": 7"#), "\(wholeField).almanac:ID", .unknownProperty)
        try expect(Fixture(package: #""name": "p", "almanac:openStreams": ["A"]"#), "almanac:openStreams", .notStreamPattern("A"))
        try expect(
            Fixture(package: #""name": "p", "almanac:openStreams": [1]"#), "almanac:openStreams[0]",
            .wrongKind(expected: "a string", found: "a number"))
        let resource = #""name": "things", "path": "things.csv""#
        try expect(Fixture(resource: resource + #", "almanac:stream": "A""#), "resources[0].almanac:stream", .notStreamName("A"))
        try expect(
            Fixture(resource: resource + #", "almanac:partition": "x""#), "resources[0].almanac:partition", .unknownField("x"))
        var partitioned = Fixture.field(#""type": "date""#)
        partitioned.resource += #", "almanac:partition": "x""#
        try expect(partitioned, "resources[0].almanac:partition", .partitionType("date"))
        try expect(
            .field(#""almanac:merge": "set""#), "\(wholeField).almanac:merge", .mergeRule("set", allowed: "scalar or text"))
        try expect(
            .field(#""type": "integer", "almanac:merge": "text""#), "\(wholeField).almanac:merge",
            .mergeRule("text", allowed: "scalar"))
        try expect(
            .field(#""type": "array", "almanac:merge": "text""#), "\(wholeField).almanac:merge",
            .mergeRule("text", allowed: "scalar or set"))
    }

    @Test func hierarchiesAreOfOneTable() throws {
        try expect(.field(#""almanac:acyclic": true"#), "\(wholeField).almanac:acyclic", .acyclic("x"))
        var other = Fixture.field(#""almanac:acyclic": true"#)
        other.schema += #", "foreignKeys": [{"fields": "x", "reference": {"resource": "places", "fields": "key"}}]"#
        other.others = [
            #"{"name": "places", "path": "things.csv", "schema": {"primaryKey": "key", "fields": [{"name": "key"}]}}"#
        ]
        try expect(other, "\(wholeField).almanac:acyclic", .acyclic("x"))
        var own = Fixture.field(#""almanac:acyclic": "yes""#)
        own.schema += #", "foreignKeys": [{"fields": "x", "reference": {"resource": "", "fields": "key"}}]"#
        try expect(
            own, "\(wholeField).almanac:acyclic", .wrongKind(expected: "true or false", found: "a string"))
    }

    @Test func typesAndFormats() throws {
        for type in ["object", "geopoint", "geojson", "time", "duration", "yearmonth", "any", "list", "uuid", "String"] {
            try expect(.field(#""type": "\#(type)""#), "\(wholeField).type", .unsupportedType(type))
        }
        try expect(.field(#""format": "uri""#), "\(wholeField).format", .unsupportedFormat("uri", type: "string"))
        try expect(
            .field(#""type": "date", "format": "%d.%m.%Y""#), "\(wholeField).format", .unsupportedFormat("%d.%m.%Y", type: "date")
        )
        try expect(.field(#""type": "number", "decimalChar": ",""#), "\(wholeField).decimalChar", .unsupportedSyntax)
        try expect(.field(#""type": "integer", "groupChar": ",""#), "\(wholeField).groupChar", .unsupportedSyntax)
        try expect(.field(#""type": "number", "bareNumber": false"#), "\(wholeField).bareNumber", .unsupportedSyntax)
        try expect(.field(#""categories": ["a"]"#), "\(wholeField).categories", .unsupportedConstraint(type: "string"))
    }

    @Test func constraints() throws {
        let place = "\(wholeField).constraints"
        func field(_ type: String, _ constraints: String) -> Fixture {
            .field("\"type\": \"\(type)\", \"constraints\": {\(constraints)}")
        }
        try expect(field("string", #""minimum": 1"#), "\(place).minimum", .unsupportedConstraint(type: "text"))
        try expect(field("integer", #""pattern": "1""#), "\(place).pattern", .unsupportedConstraint(type: "integer"))
        try expect(field("integer", #""minLength": 1"#), "\(place).minLength", .unsupportedConstraint(type: "integer"))
        try expect(
            field("integer", #""exclusiveMinimum": 1"#), "\(place).exclusiveMinimum", .unsupportedConstraint(type: "integer"))
        try expect(field("integer", #""minimum": "x""#), "\(place).minimum", .constraintValue("x", type: "integer"))
        try expect(field("integer", #""minimum": 1.5"#), "\(place).minimum", .constraintValue("1.5", type: "integer"))
        try expect(field("integer", #""minimum": true"#), "\(place).minimum", .constraintValue("true", type: "integer"))
        try expect(
            field("number", #""maximum": 1234567890123456.5"#), "\(place).maximum",
            .constraintValue("1234567890123456.5", type: "number"))
        try expect(field("integer", #""enum": []"#), "\(place).enum", .missing)
        try expect(
            field("date", #""enum": ["2024-02-30"]"#), "\(place).enum", .constraintValue("2024-02-30", type: "date (YYYY-MM-DD)"))
        try expect(field("integer", #""minimum": 2, "maximum": 1"#), "\(place).maximum", .emptyRange)
        try expect(field("string", #""minLength": 2, "maxLength": 1"#), "\(place).maxLength", .emptyRange)
        try expect(field("string", #""minLength": -1"#), "\(place).minLength", .outOfRange("-1", lowest: 0, highest: 65_536))
        try expect(
            field("string", #""required": "yes""#), "\(place).required", .wrongKind(expected: "true or false", found: "a string"))
    }

    @Test(arguments: [
        "(", "[a", "a{2,1}", "*", "\\p{Nonsense}", "[a-z-[aeiou]]", "\\i\\c*", String(repeating: "a", count: 1_025),
    ]) func patternsThatAreNone(pattern: String) throws {
        let escaped = pattern.replacing("\\", with: "\\\\")
        let found = try refusal { _ = try Fixture.field(#""constraints": {"pattern": "\#(escaped)"}"#).read() }
        #expect(found.path == "\(wholeField).constraints.pattern")
        guard case .pattern = found.rule else {
            Issue.record("\(found.rule)")
            return
        }
    }

    @Test func keys() throws {
        let schema = "resources[0].schema"
        try expect(Fixture(schema: #""x": 1"#), "\(schema).primaryKey", .noPrimaryKey)
        try expect(Fixture(schema: #""primaryKey": []"#), "\(schema).primaryKey", .noPrimaryKey)
        try expect(Fixture(schema: #""primaryKey": ["key", "x"]"#), "\(schema).primaryKey", .compositeKey)
        try expect(Fixture(schema: #""primaryKey": "x""#), "\(schema).primaryKey", .unknownField("x"))
        try expect(Fixture(schema: #""primaryKey": "X y""#), "\(schema).primaryKey", .unknownField("X y"))
        try expect(Fixture(fields: [#"{"name": "key", "type": "integer"}"#]), "\(schema).fields[0].type", .keyIsNoText("key"))
        try expect(Fixture(fields: [#"{"name": "key", "format": "uuid"}"#]), "\(schema).fields[0].type", .keyIsNoText("key"))
        try expect(Fixture(schema: #""primaryKey": "key", "uniqueKeys": [["a", "b"]]"#), "\(schema).uniqueKeys", .compositeKey)
        try expect(Fixture(schema: #""primaryKey": "key", "uniqueKeys": [["a"]]"#), "\(schema).uniqueKeys", .unknownField("a"))
        try expect(
            Fixture(schema: #""primaryKey": "key", "fieldsMatch": ["subset"]"#), "\(schema).fieldsMatch", .fieldsMatch("subset"))
    }

    @Test func foreignKeys() throws {
        let place = "resources[0].schema.foreignKeys[0]"
        func fixture(_ key: String, _ field: String = "") -> Fixture {
            var fixture = Fixture.field("\"title\": \"X\"\(field)")
            fixture.schema += ", \"foreignKeys\": [\(key)]"
            return fixture
        }
        let good = #"{"fields": "x", "reference": {"resource": "", "fields": "key"}}"#
        _ = try fixture(good).read()
        try expect(fixture(#"{"reference": {}}"#), "\(place).fields", .missing)
        try expect(fixture(#"{"fields": []}"#), "\(place).fields", .missing)
        try expect(fixture(#"{"fields": "x"}"#), "\(place).reference", .missing)
        try expect(fixture(#"{"fields": ["x", "y"], "reference": {}}"#), "\(place).fields", .compositeKey)
        try expect(
            fixture(#"{"fields": "x", "reference": {"resource": "nowhere", "fields": "key"}}"#), "\(place).reference.resource",
            .unknownResource("nowhere"))
        try expect(
            fixture(#"{"fields": "x", "reference": {"fields": "x"}}"#), "\(place).reference.fields",
            .notThePrimaryKey("x", resource: "things", key: "key"))
        try expect(fixture("\(good), \(good)"), "resources[0].schema.foreignKeys[1].fields", .secondForeignKey("x"))
        try expect(
            fixture(#"{"fields": "y", "reference": {"fields": "key"}}"#), "resources[0].schema.foreignKeys", .unknownField("y"))
        try expect(fixture(good, #", "type": "integer""#), "\(wholeField).type", .referenceIsNoText("x"))
        try expect(
            fixture(good, #", "constraints": {"pattern": "a"}"#), "\(wholeField).constraints.pattern",
            .unsupportedConstraint(type: "key"))
    }
}
