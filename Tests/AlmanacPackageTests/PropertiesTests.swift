import AlmanacModel
import AlmanacPackage
import Testing

/// What a descriptor says beyond what Almanac has columns for.
@Suite struct PropertiesTests {
    @Test func unknownPropertiesAreKeptAsCanonicalJSON() throws {
        let package = try Fixture(
            package:
                #""name": "p", "title": "P", "version": "1", "licenses": [{"name": "x"}], "contributors": [], "$schema": "v2", "b": 1.50, "a": null"#,
            resource:
                #""name": "things", "title": "T", "path": "things.csv", "mediatype": "text/csv", "sources": [1], "dialect": {"delimiter": ","}"#,
            schema: #""primaryKey": "key", "missingValues": [""], "rdf": {"z": 1, "y": 2}"#,
            fields: [
                #"{"name": "key", "title": "K", "description": "D", "rdfType": "r", "example": "e", "constraints": {"maxLength": 5}}"#
            ]
        ).read()
        #expect(package.properties == #"{"a":null,"b":1.50,"contributors":[],"licenses":[{"name":"x"}]}"#)
        let resource = try #require(package.resources.first)
        #expect(resource.properties == #"{"schema":{"rdf":{"y":2,"z":1}},"sources":[1]}"#)
        #expect(resource.fields.first?.properties == #"{"constraints":{"maxLength":5},"example":"e","rdfType":"r"}"#)
        #expect(package.title == "P" && package.version == "1" && package.description == nil)
        #expect(resource.title == "T" && resource.fields.first?.description == "D")
    }

    @Test func nothingLeftIsNothing() throws {
        let package = try Fixture().read()
        #expect(package.properties == nil && package.resources.first?.properties == nil)
        #expect(package.resources.first?.fields.first?.properties == nil)
        #expect(package.openStreams.isEmpty && package.resources.first?.stream == .reference)
    }

    @Test(arguments: [
        #""type": "string", "constraints": {"required": true, "minLength": 1, "maxLength": 9, "pattern": "[a-z]+", "enum": ["a"]}"#,
        #""type": "integer", "constraints": {"minimum": "-5", "maximum": 7, "unique": true}"#,
        #""type": "year", "constraints": {"minimum": "0099", "enum": ["0100", 2024]}"#,
        #""type": "number", "constraints": {"minimum": 0.5}"#, #""type": "date", "constraints": {"maximum": "2024-01-01"}"#,
        #""type": "boolean", "trueValues": ["ja"], "falseValues": [], "constraints": {"enum": [true]}"#,
        #""type": "array", "constraints": {"minLength": 1}"#,
        #""format": "uuid", "constraints": {"required": true}"#, #""title": "none""#,
    ])
    func constraintsComeBackFromTheProperties(field: String) throws {
        let package = try Fixture.field(field).read()
        let resource = try #require(package.resources.first)
        let collection = try #require(try package.schema(over: .system).collection(named: "things"))
        for field in resource.fields {
            let type = try #require(collection.field(named: field.name.rawValue)).type
            let constraints = try Constraints(properties: field.properties, of: type, isKey: field.name == resource.key)
            #expect(constraints == field.constraints)
        }
    }

    @Test func uniqueKeysComeBackFromTheProperties() throws {
        var fixture = Fixture.field(#""constraints": {"maxLength": 3}"#)
        fixture.schema += #", "uniqueKeys": [["x"]]"#
        let field = try #require(try fixture.read().resources.first?.fields.last)
        #expect(field.properties == #"{"constraints":{"maxLength":3,"unique":true}}"#)
        #expect(try Constraints(properties: field.properties, of: .text, isKey: false) == field.constraints)
    }

    @Test func damagedPropertiesAreAnError() {
        for text in ["", "[]", "{", #"{"constraints": {"minimum": 1}}"#] as [Text] {
            #expect(throws: PackageError.self) { try Constraints(properties: text, of: .text, isKey: false) }
        }
    }

    @Test func mergeRules() throws {
        let package = try Fixture(fields: [
            #"{"name": "key"}"#, #"{"name": "a", "almanac:merge": "text"}"#, #"{"name": "b", "type": "array"}"#,
            #"{"name": "c", "type": "array", "almanac:merge": "scalar"}"#,
            #"{"name": "d", "type": "date", "almanac:merge": "scalar"}"#,
        ]).read()
        #expect(package.resources.first?.fields.map(\.mergeRule) == [.scalar, .text, .set, .scalar, .scalar])
    }

    @Test func aHierarchyIsKnownFromItsPropertiesToo() throws {
        var fixture = Fixture(fields: [
            #"{"name": "key"}"#, #"{"name": "within", "almanac:acyclic": true}"#, #"{"name": "near", "almanac:acyclic": false}"#,
            #"{"name": "like"}"#,
        ])
        let keys = ["within", "near", "like"].map { name in
            "{\"fields\": \"\(name)\", \"reference\": {\"resource\": \"\", \"fields\": \"key\"}}"
        }
        fixture.schema += ", \"foreignKeys\": [\(keys.joined(separator: ","))]"
        fixture.data = "key,within,near,like\n"
        #expect(try fixture.read().resources.first?.fields.map(\.isAcyclic) == [false, true, false, false])
        let collection = try #require(try fixture.schema().collection(named: "things"))
        #expect(collection.fields.map(\.isAcyclic) == [false, true, false, false])
        #expect(collection.field(named: "within")?.properties == #"{"almanac:acyclic":true}"#)
    }
}
