import AlmanacModel
import AlmanacPackage
import Foundation
import Testing

/// The package that ships.
@Suite struct StarterPackageTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/AlmanacDataset/Package").path

    private func tables() throws -> (schema: Schema, rows: [String: [PackageRow]]) {
        let package = try DataPackage.read(at: Self.folder)
        let schema = try package.schema(over: .system)
        var rows: [String: [PackageRow]] = [:]
        for source in try package.imports(into: schema) {
            let (report, good) = try readAll(source)
            #expect(report.isEmpty, "\(report)")
            rows[source.collection.name.rawValue] = good
        }
        return (schema, rows)
    }

    @Test func isValidAndDescribed() throws {
        let package = try DataPackage.read(at: Self.folder)
        #expect(package.openStreams.map(\.description) == ["rankings"])
        #expect(package.properties?.string.contains("CC-BY-4.0") == true)
        for resource in package.resources {
            #expect(resource.id != nil && resource.title?.isEmpty == false && resource.description?.isEmpty == false)
            for field in resource.fields {
                #expect(
                    field.id != nil && field.title?.isEmpty == false && field.description?.isEmpty == false,
                    "\(resource.name).\(field.name)")
            }
        }
        let (schema, rows) = try tables()
        #expect(
            schema.collections.dropFirst(3).map { "\($0.id) \($0.name) \($0.stream)" } == [
                "16 economies reference", "17 clusters reference", "18 cluster_ranks rankings",
            ])
        #expect(rows.mapValues(\.count) == ["economies": 30, "clusters": 69, "cluster_ranks": 123])
    }

    @Test func everyReferenceLeadsSomewhere() throws {
        let (schema, rows) = try tables()
        for collection in schema.collections.dropFirst(3) {
            for field in collection.fields {
                guard let target = field.type.referencedCollection.flatMap(schema.collection) else { continue }
                let keys = Set((rows[target.name.rawValue] ?? []).compactMap(\.key))
                for row in rows[collection.name.rawValue] ?? [] {
                    guard case .key(let key)? = row[field.id] else {
                        Issue.record("\(collection.name) row \(row.number) has no \(field.name)")
                        continue
                    }
                    #expect(keys.contains(key))
                }
            }
        }
    }

    @Test func figuresAreAsPrinted() throws {
        let (schema, rows) = try tables()
        let ranks = try #require(schema.collection(named: "cluster_ranks"))
        func value(_ key: Text, _ field: String) throws -> ImportValue? {
            let row = try #require(rows["cluster_ranks"]?.first { $0.key == key })
            return row[try #require(ranks.field(named: field)).id]
        }
        #expect(try value("gii-2025-shenzhen-hong-kong-guangzhou", "pct_applications") == .value(.integer(117_542)))
        #expect(
            try value("gii-2025-shenzhen-hong-kong-guangzhou", "share_publications")
                == .value(.decimal(try #require(ExactDecimal("2.4")))))
        #expect(try value("gii-2025-tokyo-yokohama", "share_publications") == .absent)
        #expect(try value("gii-2025-cambridge", "rank") == .absent)
        #expect(try value("gii-2025-cambridge", "intensity_rank") == .value(.integer(2)))
        #expect(try value("gii-2023-beijing", "rank_change") == .value(.integer(-1)))
        #expect(try value("gii-2023-tehran", "share_pct_filings") == .value(.decimal(.zero)))
    }
}
