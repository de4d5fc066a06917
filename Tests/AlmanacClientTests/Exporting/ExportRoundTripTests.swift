import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import Testing

@testable import AlmanacClient

/// What is exported as a data package imports as the same records.
struct ExportRoundTripTests {
    @Test(arguments: [1, 2, UInt64.random(in: 3 ... .max)])
    func recordsSurviveTheWayThroughAPackage(seed: UInt64) async throws {
        let source = try TemporaryDirectory()
        var package = RandomPackage(seed: seed)
        try package.write(to: source)
        let first = try await ExportScene.synced(source.path)
        try first.export()
        let second = try await ExportScene.synced(first.path)
        for (collection, columns) in RandomPackage.columns {
            let rows = try first.rows(of: collection, columns)
            #expect(!rows.isEmpty)
            #expect(try second.rows(of: collection, columns) == rows)
        }
        try second.export()
        for name in ["places.csv", "figures.csv"] { #expect(try second.read("out/\(name)") == first.read("out/\(name)")) }
    }

    @Test func theSchemaTravels() async throws {
        let source = try TemporaryDirectory()
        var random = RandomPackage(seed: 1)
        try random.write(to: source)
        let scene = try await ExportScene.synced(source.path)
        try scene.export()
        let (before, after) = (try DataPackage.read(at: source.path), try DataPackage.read(at: scene.path))
        #expect(after.name == before.name && after.title == before.title && after.properties == before.properties)
        #expect(after.openStreams == before.openStreams)
        let schema = try before.schema(over: .system)
        #expect(try after.schema(over: .system) == schema)
        #expect(after.resources.map(\.isNeutralised) == [true, true])
    }

    @Test func theDescriptorSaysWhereItComesFrom() async throws {
        let source = try TemporaryDirectory()
        var random = RandomPackage(seed: 1)
        try random.write(to: source)
        let scene = try await ExportScene.synced(source.path)
        let summary = try scene.export()
        let state = try #require(try scene.laptop.status().replica)
        let descriptor = try scene.read("out/datapackage.json")
        let settings = try scene.laptop.context().settings
        for line in [
            "\"almanac:dataset\": \"\(settings.dataset)\"", "\"almanac:datasetName\": \"innovation\"",
            "\"almanac:epoch\": \(state.cursor.epoch.rawValue)", "\"almanac:sequence\": \(state.cursor.sequence.rawValue)",
            "\"almanac:verified\": \"\(state.synced)\"", "\"almanac:software\": \"almanac/\(Software.version)\"",
        ] {
            #expect(descriptor.contains("  \(line),\n"), "\(line)")
        }
        #expect(summary.cursor == state.cursor)
        #expect(descriptor.contains("\"almanac:streams\": [\"\(summary.streams.map(\.rawValue).joined(separator: "\", \""))\"]"))
    }
}
