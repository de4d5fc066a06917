import AlmanacModel
import AlmanacPackage
import Testing

/// What a mapping may say.
@Suite struct MappingReadingTests {
    private func expect(_ changes: [String: String?], _ path: String, _ rule: DescriptorRule) throws {
        let found = try refusal {
            let folder = try TemporaryFolder()
            _ = try MappingFixture().with(changes).read(in: folder)
        }
        #expect(found.path == path)
        #expect(found.rule == rule)
    }

    @Test func membersAreChecked() throws {
        try expect(["colection": #""x""#], "colection", .unknownProperty)
        try expect(["title": nil], "title", .missing)
        try expect(["fields": nil], "fields", .missing)
        try expect(["almanac": nil], "almanac", .missing)
        try expect(["almanac": #""mapping/2""#], "almanac", .documentKind("mapping/2", expected: "mapping/1"))
        try expect(["almanac": #""mapping-part/1""#], "almanac", .documentKind("mapping-part/1", expected: "mapping/1"))
        try expect(["collection": #""A B""#], "collection", .notIdentifier("A B"))
        try expect(["missing": #""na""#], "missing", .wrongKind(expected: "an array", found: "a string"))
    }

    @Test func yearsAreChecked() throws {
        try expect(["years": #"{"columns": "{year}", "first": 2003, "last": 2001}"#], "years.last", .emptyRange)
        try expect(["years": #"{"columns": "y", "first": 2001, "last": 2003}"#], "years.columns", .template("y"))
        try expect(["years": #"{"columns": "{year}{year}", "first": 1, "last": 2}"#], "years.columns", .template("{year}{year}"))
        try expect(["years": #"{"columns": "{year}", "first": 1, "last": 9999}"#], "years.columns", .template("{year}"))
        try expect(["years": #"{"first": 2001, "last": 2003}"#], "years.columns", .missing)
        try expect(["years": #"{"columns": "{year}", "last": 2003}"#], "years.first", .missing)
        try expect(
            ["years": #"{"columns": "{year}", "first": 0, "last": 2003}"#], "years.first",
            .outOfRange("0", lowest: 1, highest: 9_999))
        try expect(["years": #"{"columns": "{year}", "skip": 1, "first": 1, "last": 2}"#], "years.skip", .unknownProperty)
        try expect(["years": #"{"order": "n", "columns": "{year}", "first": 1, "last": 2}"#], "years.columns", .yearsTwice)
        try expect(["value": #""v""#], "value", .yearsTwice)
        try expect(["years": nil], "value", .missing)
        try expect(["years": nil, "value": #""v""#], "years", .missing)
    }

    @Test func templatesAreChecked() throws {
        for text in ["{", "}", "{}", "{yeer}", "{year", "a{year}}", "{column}", "{{year}}"] {
            try expect(["fields": "{\"key\": \"\(text)\"}"], "fields.key", .template(text))
        }
        try expect(["fields": #"{"Key": "x"}"#], "fields.Key", .notIdentifier("Key"))
        try expect(["fields": #"{"key": 1}"#], "fields.key", .wrongKind(expected: "a string", found: "a number"))
        try expect(["subject": nil], "subject", .missing)
    }

    @Test func subjectsAreChecked() throws {
        try expect(["subject": "{}"], "subject.column", .missing)
        try expect(["subject": #"{"column": "name", "after": ""}"#], "subject.after", .missing)
        try expect(["subject": #"{"column": "name", "like": []}"#], "subject.like", .unknownProperty)
        try expect(
            ["subject": #"{"column": "name", "in": [{"collection": "x", "name": "y"}]}"#], "subject.in[0].key", .missing)
        try expect(
            ["subject": #"{"column": "name", "names": {"a": 1}}"#], "subject.names.a",
            .wrongKind(expected: "a string", found: "a number"))
    }

    @Test func recordsAreChecked() throws {
        try expect(["records": #"{"figures": []}"#], "records", .repeatedName("figures"))
        try expect(
            ["records": #"{"things": [{"key": 1}]}"#], "records.things[0].key",
            .wrongKind(expected: "a string", found: "a number"))
    }

    @Test func threat29IncludedFilesStandBesideTheMapping() throws {
        for name in ["../x.json", "/etc/x.json", "a/b.json", "x", ".json", "X.json", "x.json\\u0000", ".."] {
            let found = try refusal {
                let folder = try TemporaryFolder()
                _ = try MappingFixture().with(["include": "[\"\(name)\"]"]).read(in: folder)
            }
            #expect(found.path == "include", "\(name)")
        }
        #expect(throws: PackageError.self) {
            let folder = try TemporaryFolder()
            _ = try MappingFixture().with(["include": #"["not-there.json"]"#]).read(in: folder)
        }
    }

    @Test func partsAddNamesAndRecords() throws {
        var fixture = MappingFixture().with([
            "include": #"["part.json", "other.json"]"#,
            "subject": #"{"column": "name", "in": [], "names": {"one": "own"}}"#,
            "records": #"{"things": [{"key": "x"}]}"#,
        ])
        fixture.files = [
            "part.json":
                #"{"almanac": "mapping-part/1", "names": {"one": "theirs", "two": "t"}, "records": {"things": [{"key": "y"}], "more": []}}"#,
            "other.json": #"{"almanac": "mapping-part/1", "ignore": ["three"]}"#,
        ]
        fixture.table = "name,y2001,y2002,y2003\none,1,,\ntwo,2,,\nthree,3,,\n"
        #expect(try fixture.figures() == ["own/2001 1", "t/2001 2"])
        let folder = try TemporaryFolder()
        #expect(try fixture.read(in: folder).records.map(\.collection.rawValue) == ["more", "things"])
        fixture.files["part.json"] = #"{"almanac": "mapping-part/1", "fields": {}}"#
        #expect(throws: PackageError.self) { try fixture.rows() }
    }

    @Test func fieldsThatTheCollectionLacksAreRefused() throws {
        let found = try refusal {
            _ = try MappingFixture().with(["fields": #"{"key": "{subject}/{year}", "valeu": "{value}"}"#]).rows()
        }
        #expect(found.path == "fields.valeu")
        #expect(found.rule == .unknownField("valeu"))
    }

    @Test func namesOfMappings() {
        #expect(MappingName.isValid("unctad-wir-2025"))
        for name in ["", "..", "a/b", "A", "a.json", "a b", String(repeating: "a", count: 101)] {
            #expect(!MappingName.isValid(name), "\(name)")
        }
    }
}
