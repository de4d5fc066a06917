import AlmanacModel
import AlmanacReplica
import Foundation
import Glibc
import Testing

@testable import AlmanacClient

/// Files appear whole and together, or not at all, and replace nothing unasked.
struct ExportFilesTests {
    private let source: TemporaryDirectory

    init() throws { source = try PlacesAndNotes.folder() }

    @Test func threats29FilesAreNamedByCollectionsAlone() async throws {
        let scene = try await ExportScene.synced(source.path)
        try scene.export()
        #expect(try scene.names() == ["out"])
        #expect(try scene.names("out") == ["datapackage.json", "notes.csv", "places.csv"])
        try scene.export(as: .ndjson, to: "lines")
        #expect(try scene.names("lines") == ["notes.ndjson", "places.ndjson"])
        try scene.export(["notes"], as: .csv, to: "lines")
        #expect(try scene.names("lines") == ["notes.csv", "notes.ndjson", "places.ndjson"])
        try scene.export(["notes"], as: .csv, to: "new/")
        #expect(try scene.names("new") == ["notes.csv"])
    }

    @Test(arguments: [ExportFormat.csv, .ndjson, .datapackage])
    func nothingIsWrittenOverUnlessForced(_ format: ExportFormat) async throws {
        let scene = try await ExportScene.synced(source.path)
        let table = format == .ndjson ? "places.ndjson" : "places.csv"
        try scene.folder.write("mine", to: "out/\(table)")
        #expect(throws: ClientError.outputExists(path: "\(scene.path)/\(table)")) { try scene.export(as: format) }
        #expect(try scene.names("out") == [table] && scene.read("out/\(table)") == "mine")
        try scene.export(as: format, force: true)
        #expect(try scene.read("out/\(table)").contains("1+1"))
        #expect(try scene.names("out").count == (format == .datapackage ? 3 : 2))
    }

    @Test func threats29ALinkIsNotFollowed() async throws {
        let scene = try await ExportScene.synced(source.path)
        try scene.folder.write("mine", to: "target")
        #expect(symlink("\(scene.folder.path)/target", scene.path) == 0)
        #expect(throws: ClientError.self) { try scene.export(["places"], as: .csv) }
        #expect(throws: ClientError.self) { try scene.export(["places"], as: .csv, force: true) }
        #expect(try scene.read("target") == "mine")
    }

    @Test(arguments: [ExportFormat.csv, .datapackage], 0...2)
    func threats25AFullDiskLeavesNothing(_ format: ExportFormat, _ writes: Int) async throws {
        let scene = try await ExportScene.synced(source.path)
        try scene.export(to: "older")
        var left = writes
        let exporter = try scene.exporter { descriptor, start, count in
            guard left > 0 else {
                errno = ENOSPC
                return -1
            }
            left -= 1
            return write(descriptor, start, format == .csv ? min(count, 7) : count)
        }
        for name in ["out", "older"] {
            let request = ExportRequest(collections: [], format: format, isRaw: false)
            let failure = try #require(
                #expect(throws: FileSync.Failure.self) {
                    try exporter.export(request, to: "\(scene.folder.path)/\(name)", isForced: true)
                })
            #expect(failure.isFull && FailureReport(failure).status == .failed)
        }
        #expect(try scene.names() == ["older"])
        #expect(try scene.names("older") == ["datapackage.json", "notes.csv", "places.csv"])
    }

    @Test func anInterruptedExportLeavesNothing() async throws {
        let scene = try await ExportScene.synced(source.path)
        let (early, late) = (Interruption(), Interruption())
        _ = early.request()
        let request = ExportRequest(collections: [], format: .datapackage, isRaw: false)
        #expect(throws: ClientError.interrupted) {
            try scene.exporter(interruption: early).export(request, to: scene.path, isForced: false)
        }
        let exporter = try scene.exporter(interruption: late) { descriptor, start, count in
            #expect(late.request())
            return write(descriptor, start, count)
        }
        #expect(throws: ClientError.interrupted) { try exporter.export(request, to: scene.path, isForced: false) }
        #expect(try scene.names().isEmpty)
        #expect(FailureReport(ClientError.interrupted).status == .interrupted)
    }

    @Test func aPlaceThatIsNoFolderIsRefused() async throws {
        let scene = try await ExportScene.synced(source.path)
        try scene.folder.write("mine", to: "out")
        #expect(throws: FileSync.Failure.self) { try scene.export(force: true) }
        #expect(throws: FileSync.Failure.self) { try scene.export(["places"], as: .csv, to: "none/file.csv") }
        #expect(try scene.names() == ["out"] && scene.read("out") == "mine")
    }
}
