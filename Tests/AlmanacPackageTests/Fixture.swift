import AlmanacModel
import AlmanacPackage
import Testing

/// A small package whose pieces a test replaces.
struct Fixture {
    var package = #""name": "p""#
    var resource = #""name": "things", "path": "things.csv""#
    var schema = #""primaryKey": "key""#
    var fields = [#"{"name": "key"}"#]
    /// Further resources, whole.
    var others: [String] = []
    var data = "key\na\n"

    static func field(_ rest: String) -> Fixture {
        Fixture(fields: [#"{"name": "key"}"#, #"{"name": "x", \#(rest)}"#], data: "key,x\n")
    }

    var descriptor: String {
        let first = "{\(resource), \"schema\": {\(schema), \"fields\": [\(fields.joined(separator: ","))]}}"
        return "{\(package), \"resources\": [\(([first] + others).joined(separator: ","))]}"
    }

    func write(to folder: TemporaryFolder) throws {
        try folder.write(descriptor, to: "datapackage.json")
        try folder.write(data, to: "things.csv")
    }

    func read() throws -> DataPackage {
        let folder = try TemporaryFolder()
        try write(to: folder)
        return try DataPackage.read(at: folder.path)
    }

    /// What the only table's import reports, and the good rows.
    func importAll() throws -> (report: ProblemReport, rows: [PackageRow]) {
        let folder = try TemporaryFolder()
        try write(to: folder)
        let package = try DataPackage.read(at: folder.path)
        let source = try #require(try package.imports(into: try package.schema(over: .system)).first)
        return try readAll(source)
    }

    /// The schema over an existing one.
    func schema(over existing: Schema = .system) throws -> Schema { try read().schema(over: existing) }
}

func readAll(_ source: CSVImport) throws -> (report: ProblemReport, rows: [PackageRow]) {
    var reader = try source.rows()
    var rows: [PackageRow] = []
    while let row = try reader.next() { rows.append(row) }
    return (reader.report, rows)
}

/// The place and the rule of a refusal, and whether its sentence says enough.
func refusal(_ body: () throws -> Void) throws -> (path: String, rule: DescriptorRule) {
    let error = try #require(throws: PackageError.self, performing: body)
    guard case .refused(let file, let path, let rule) = error else {
        Issue.record("not refused by a rule: \(error)")
        throw error
    }
    #expect(error.description.contains(file) && error.description.contains(path.description))
    #expect(rule.description.hasSuffix("."), "\(rule)")
    return (path.rawValue, rule)
}
