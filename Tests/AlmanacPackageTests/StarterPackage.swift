import AlmanacModel
import AlmanacPackage
import Foundation
import Testing

/// The package that ships, read whole and once for all tests of the process, with the raw inputs that it was made from.
struct StarterPackage: Sendable {
    static let dataset = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/AlmanacDataset")

    let package: DataPackage
    let schema: Schema
    /// The rows of each collection by key.
    let rows: [String: [Text: PackageRow]]

    private static let shared = Result { try load() }

    static func read() throws -> StarterPackage { try shared.get() }

    private static func load() throws -> StarterPackage {
        let package = try DataPackage.read(at: dataset.appendingPathComponent("Package").path)
        let schema = try package.schema(over: .system)
        var rows: [String: [Text: PackageRow]] = [:]
        for source in try package.imports(into: schema) {
            let (report, good) = try readAll(source)
            #expect(report.isEmpty, "\(report)")
            rows[source.collection.name.rawValue] = Dictionary(
                good.compactMap { row in row.key.map { ($0, row) } }, uniquingKeysWith: { first, _ in first })
            #expect(rows[source.collection.name.rawValue]?.count == good.count, "\(source.collection.name): keys twice")
        }
        return StarterPackage(package: package, schema: schema, rows: rows)
    }

    /// The collections of the package, without those of every dataset.
    var collections: [AlmanacModel.Collection] {
        schema.collections.filter { collection in package.resources.contains { $0.name.rawValue == collection.name.rawValue } }
    }

    func value(_ field: String, of key: String, in collection: String) throws -> ImportValue {
        let row = try #require(rows[collection]?[Text(key)], "\(collection) has no \(key)")
        let found = try #require(schema.collection(named: collection)?.field(named: field), "\(collection) has no \(field)")
        return try #require(row[found.id])
    }

    /// A text or a key, empty where there is none.
    func text(_ field: String, of key: String, in collection: String) throws -> String {
        switch try value(field, of: key, in: collection) {
        case .absent: ""
        case .key(let text), .value(.text(let text)): text.string
        case let other: try #require(nil as String?, "\(collection).\(field) of \(key) is no text: \(other)")
        }
    }

    func decimal(_ field: String, of key: String, in collection: String) throws -> ExactDecimal? {
        switch try value(field, of: key, in: collection) {
        case .value(.decimal(let number)): number
        default: nil
        }
    }

    /// The rows of a raw input, by column name.
    static func raw(_ path: String) throws -> [[String: String]] {
        let file = dataset.appendingPathComponent("Inputs/raw/\(path)").path
        var reader = CSVReader(try FileSource(path: file, name: path))
        var record = CSVRecord()
        var rows: [[String]] = []
        while try reader.next(into: &record) {
            #expect(record.problem == nil, "\(path), line \(record.line)")
            rows.append(record.texts)
        }
        let names = try #require(rows.first)
        return rows.dropFirst().map { Dictionary(zip(names, $0), uniquingKeysWith: { first, _ in first }) }
    }
}
