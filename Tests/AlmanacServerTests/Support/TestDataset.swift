import AlmanacModel
import AlmanacReplica
import AlmanacServer
import Foundation
import Testing

/// A founded dataset in a folder of its own.
final class TestDataset: Sendable {
    let folder: TemporaryFolder
    let directory: DataDirectory
    let store: AuthorityDatabase

    static let founded = Instant(clamping: 1_790_000_000_000)

    /// Keys and certificates are of this time.
    init(at time: Instant = TestDataset.founded) throws {
        folder = try TemporaryFolder()
        directory = DataDirectory(folder.path + "/data")
        _ = try Founding(directory: directory, name: "clusters", rootKeyPath: nil).found(now: time)
        store = try AuthorityDatabase.open(existing: directory.database)
    }

    deinit { try? store.close() }

    // MARK: Importing

    /// Imports a package of these resources; files come as name and content.
    @discardableResult
    func importPackage(
        _ resources: [TestResource], open: [String] = [], problems: Int = 20, author: String = "lea", message: String = "a test",
        mode: ImportMode = .merge, confirming deletions: Int? = nil
    ) throws -> ImportSummary {
        let path = try writePackage(resources, open: open)
        var circumstances = circumstances(author: author, message: message, problems: problems)
        (circumstances.mode, circumstances.confirmedDeletions) = (mode, deletions)
        return try importer.importPackage(at: path, circumstances)
    }

    func writePackage(_ resources: [TestResource], open: [String] = []) throws -> String {
        let package = "package-\(UUID().uuidString)"
        for resource in resources { try folder.write(resource.csv, to: "\(package)/\(resource.name).csv") }
        let patterns = open.map { "\"\($0)\"" }.joined(separator: ",")
        let list = resources.map(\.json).joined(separator: ",")
        let descriptor = "{\"name\": \"test\", \"almanac:openStreams\": [\(patterns)], \"resources\": [\(list)]}"
        try folder.write(descriptor, to: "\(package)/datapackage.json")
        return "\(folder.path)/\(package)"
    }

    @discardableResult
    func importCSV(
        _ csv: String, into table: String, problems: Int = 20, mode: ImportMode = .merge, confirming deletions: Int? = nil,
        isNeutralised: Bool = false
    ) throws -> ImportSummary {
        let path = try folder.write(csv, to: "\(table).csv")
        var circumstances = circumstances(problems: problems)
        (circumstances.mode, circumstances.confirmedDeletions) = (mode, deletions)
        return try importer.importCSV(at: path, into: table, isNeutralised: isNeutralised, circumstances)
    }

    var importer: Importer { Importer(store: store) }

    func circumstances(
        author: String = "lea", message: String = "a test", problems: Int = 20
    ) -> Importer.Circumstances {
        Importer.Circumstances(author: author, message: message, time: TestDataset.founded, problemLimit: problems)
    }

    // MARK: Looking

    /// The values of a record by the names of its fields; nil where there is no record of this key.
    func record(_ key: String, in table: String) throws -> [String: Value]? {
        let collection = try #require(store.schema().collection(named: table))
        var found: [String: Value]?
        try look { session in
            try session.forEachRecord(of: collection.id) { record in
                guard collection.key.flatMap({ record[$0] }) == .text(Text(key)) else { return }
                found = [:]
                for value in record.values { found?[collection.field(value.field)?.name.rawValue ?? "?"] = value.value }
            }
        }
        return found
    }

    func id(of key: String, in table: String) throws -> RecordID? {
        let collection = try #require(store.schema().collection(named: table))
        let field = try #require(collection.key)
        var found: RecordID?
        try look { found = try $0.find(collection.id, where: field, is: .text(Text(key))) }
        return found
    }

    func counts() throws -> [String: Int64] {
        Dictionary(uniqueKeysWithValues: try store.streams().map { ($0.name.rawValue, $0.count) })
    }

    /// A commit of nothing, which is none.
    private func look(_ body: (CommitSession) throws -> Void) throws {
        try store.commit(author: "test", message: "", time: TestDataset.founded, body)
    }
}

/// A table of a test's package.
struct TestResource {
    let name: String
    /// The fields as JSON objects; the first is the key.
    let fields: [String]
    let csv: String
    var stream = "reference"
    var partition: String?
    /// Field and resource.
    var references: [(field: String, resource: String)] = []

    var json: String {
        let keys = references.map { reference in
            """
            {"fields": "\(reference.field)", "reference": {"resource": "\(reference.resource == name ? "" : reference.resource)", "fields": "key"}}
            """
        }
        let partitioned = partition.map { ", \"almanac:partition\": \"\($0)\"" } ?? ""
        return """
            {"name": "\(name)", "path": "\(name).csv", "almanac:stream": "\(stream)"\(partitioned), "schema": {"primaryKey": "key",
             "fields": [\(fields.joined(separator: ","))], "foreignKeys": [\(keys.joined(separator: ","))]}}
            """
    }

    static let key = "{\"name\": \"key\", \"type\": \"string\"}"

    static func field(_ name: String, _ type: String = "string", _ constraints: String = "") -> String {
        "{\"name\": \"\(name)\", \"type\": \"\(type)\"\(constraints.isEmpty ? "" : ", \"constraints\": {\(constraints)}")}"
    }
}

extension Value {
    static func text(_ string: String) -> Value { .text(Text(string)) }
}
