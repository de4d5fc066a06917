import ArgumentParser
import Foundation
import GeneratedData
import Programs

/// What all scenarios have in common.
struct CrowdOptions: ParsableArguments {
    @Option(help: "How many deals the dataset has.")
    var rows = GeneratedDataset.standardCount

    @Option(help: "The folder with almanacd and almanac (default: that of this program, which is built with them).")
    var programs: String?

    @Option(help: "How many clients connect at the same time, at first.")
    var atOnce = 64

    @Flag(help: "Leave the temporary folder where it is.")
    var keep = false

    func validate() throws {
        guard rows >= 100 else { throw ValidationError("--rows has to be at least 100") }
        guard (1...512).contains(atOnce) else { throw ValidationError("--at-once goes from 1 to 512") }
    }

    /// A folder for a scenario, which is gone afterwards.
    func withStage(_ body: (Stage) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almanac-crowd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            if keep { print("\nleft in \(folder.path)") } else { try? FileManager.default.removeItem(at: folder) }
        }
        let stage = try Stage(programs: programs.map { URL(fileURLWithPath: $0) }, folder: folder, rows: rows)
        defer { stage.server.stop() }
        try await body(stage)
    }

    /// A crowd as well; it is gone before the server is.
    func withCrowd(_ body: (Stage, Crowd) async throws -> Void) async throws {
        try await withStage { stage in try await Crowd.with(stage) { try await body(stage, $0) } }
    }
}
