import AlmanacDataset
import Foundation
import Testing

/// A data package with the schema that ships and few rows.
struct SmallPackage {
    /// By resource, the values by field; others are empty.
    var rows: [String: [[String: String]]] = [:]

    mutating func add(_ resource: String, _ row: [String: String]) { rows[resource, default: []].append(row) }

    /// A subject and the record that it stands for.
    mutating func add(_ kind: String, _ collection: String, _ key: String, _ name: String, _ others: [String: String] = [:]) {
        add("subjects", ["key": "\(kind)/\(key)", "kind": kind, "name": name])
        add(collection, ["key": key, "name": name, "subject": "\(kind)/\(key)"].merging(others) { $1 })
    }

    mutating func addSource(_ key: String, _ title: String, _ others: [String: String] = [:]) {
        add("sources", ["key": key, "title": title, "kind": "table"].merging(others) { $1 })
    }

    /// Imports it, asks, and takes everything away again.
    func ask<Result>(_ body: (DatasetReader) throws -> Result) throws -> Result {
        try read { try body(DatasetReader(path: $0)) }
    }

    /// The same for whoever opens the file.
    func read<Result>(_ body: (_ path: String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("almanac-package-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write(to: folder)
        let dataset = try ImportedDataset(package: folder)
        defer { dataset.remove() }
        return try body(dataset.path)
    }

    private struct Descriptor: Decodable {
        struct Resource: Decodable {
            struct Schema: Decodable { let fields: [Field] }
            struct Field: Decodable { let name: String }
            let name: String
            let path: String
            let schema: Schema
        }
        let resources: [Resource]
    }

    func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let descriptor = try Data(contentsOf: URL(fileURLWithPath: StarterDataset.packageFolder + "/datapackage.json"))
        try descriptor.write(to: URL(fileURLWithPath: folder + "/datapackage.json"))
        let resources = try JSONDecoder().decode(Descriptor.self, from: descriptor).resources
        for resource in resources {
            let fields = resource.schema.fields.map(\.name)
            let own = rows[resource.name] ?? []
            for row in own { try #require(Set(row.keys).isSubset(of: fields), "\(resource.name): \(row)") }
            let lines = [fields] + own.map { row in fields.map { row[$0] ?? "" } }
            let text = lines.map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(resource.path)"))
        }
        try #require(Set(rows.keys).isSubset(of: resources.map(\.name)))
    }

    private static func quoted(_ text: String) -> String { text.isEmpty ? "" : "\"\(text.replacing("\"", with: "\"\""))\"" }
}
