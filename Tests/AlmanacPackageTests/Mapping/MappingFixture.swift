import AlmanacModel
import AlmanacPackage
import Testing

/// A mapping whose members a test replaces, and a table in a folder of its own. The collection has key, subject, year, value, note.
struct MappingFixture {
    var members: [String: String] = [
        "almanac": #""mapping/1""#, "title": #""A table""#, "collection": #""figures""#, "missing": #"["", "na"]"#,
        "years": #"{"columns": "y{year}", "first": 2001, "last": 2003}"#,
        "subject": #"{"column": "name", "in": [{"collection": "things", "name": "name", "key": "key"}]}"#,
        "fields": #"{"key": "{subject}/{year}", "subject": "{subject}", "year": "{year}", "value": "{value}"}"#,
    ]
    /// Further files beside the mapping.
    var files: [String: String] = [:]
    var table = "name,y2001,y2002,y2003\nalpha,1,2,3\n"
    var names: [(String, Text)] = [("alpha", "a"), ("beta", "b"), ("Beta", "b2"), ("gamma", "g"), ("gamma", "g2"), ("Côte", "c")]

    static let implied = [
        "years": #"{"order": "name", "skip": 1, "first": 2001, "last": 2003}"#, "value": #""v""#,
    ]

    func with(_ changes: [String: String?]) -> MappingFixture {
        var fixture = self
        for (name, value) in changes { fixture.members[name] = value }
        return fixture
    }

    var json: String { "{\(members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", "))}" }

    func read(in folder: TemporaryFolder) throws -> Mapping {
        for (name, text) in files { try folder.write(text, to: name) }
        return try Mapping.read(at: folder.write(json, to: "mapping.json"))
    }

    func rows() throws -> (report: ProblemReport, rows: [PackageRow]) {
        let folder = try TemporaryFolder()
        let mapping = try read(in: folder)
        var names = NameTable()
        for (name, key) in self.names { names.add(Text(name), meaning: key) }
        return try readAll(
            try mapping.rows(of: folder.write(table, to: "table.csv"), in: try Self.collection(), names: names))
    }

    /// The rows as texts, `key value`, if nothing is wrong.
    func figures() throws -> [String] {
        let (report, rows) = try rows()
        #expect(report.isEmpty, "\(report)")
        return rows.map { row in "\(row.key ?? "?") \(row.values.compactMap(\.value.decimal).first?.description ?? "-")" }
    }

    func problems() throws -> [String] {
        try rows().report.problems.map { problem in
            "\(problem)".split(separator: "table.csv").last.map { String($0) } ?? ""
        }
    }

    static func collection() throws -> Collection {
        let fixture = Fixture(fields: [
            #"{"name": "key"}"#, #"{"name": "subject"}"#, #"{"name": "year", "type": "integer"}"#,
            #"{"name": "value", "type": "number"}"#, #"{"name": "note"}"#,
        ])
        return try #require(try fixture.schema().collection(named: "things"))
    }
}

extension ImportValue {
    fileprivate var decimal: ExactDecimal? { if case .value(.decimal(let value)) = self { value } else { nil } }
}
