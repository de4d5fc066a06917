import AlmanacModel
import Foundation
import Testing

@testable import AlmanacPackage

/// What is written as a descriptor is read as the same package.
@Suite struct PackageDescriptionTests {
    private static let starter = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/AlmanacDataset/Package").path

    private static func provenance() throws -> Provenance {
        let instant = try #require(Instant("2026-11-21T15:19:10.947Z"))
        return Provenance(
            dataset: try #require(UniqueID("1b54185b-0041-4095-bf13-9348596dcf43")), datasetName: "innovation",
            head: Cursor(epoch: Epoch(7), sequence: Sequence(9)), signed: instant, verified: instant,
            scrubbed: instant, software: "almanac/1", streams: [.reference])
    }

    private static func description(of package: DataPackage, _ schema: Schema) -> PackageDescription {
        var description = PackageDescription(name: package.name)
        description.title = package.title
        description.description = package.description
        description.version = package.version
        description.openStreams = package.openStreams
        description.properties = package.properties
        description.tables = package.resources.compactMap { resource in
            schema.collection(named: resource.name.rawValue).map {
                TableDescription($0, path: resource.path, fields: $0.fields)
            }
        }
        return description
    }

    @Test func theStarterPackageIsReadAsItWas() throws {
        let package = try DataPackage.read(at: Self.starter)
        let schema = try package.schema(over: .system)
        var description = Self.description(of: package, schema)
        description.provenance = try Self.provenance()
        let folder = try TemporaryFolder()
        try folder.write(try description.descriptor(), to: "datapackage.json")
        for resource in package.resources { try folder.write("", to: resource.path) }
        let again = try DataPackage.read(at: folder.path)
        #expect(again.resources == package.resources && again.properties == package.properties)
        #expect(try Self.description(of: again, again.schema(over: .system)) == Self.description(of: package, schema))
    }

    @Test func provenanceIsReadAndNotKept() throws {
        var fixture = Fixture()
        fixture.package = #""name": "p", "almanac:dataset": "x", "almanac:sequence": 2, "almanac:streams": []"#
        #expect(try fixture.read().properties == nil)
        fixture.package = #""name": "p", "almanac:sequense": 2"#
        #expect(throws: PackageError.self) { try fixture.read() }
    }

    @Test func damagedPropertiesAreRefused() throws {
        var description = PackageDescription(name: "p")
        description.properties = "[]"
        #expect(throws: PackageError.self) { try description.descriptor() }
    }
}
