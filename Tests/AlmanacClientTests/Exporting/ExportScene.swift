import AlmanacModel
import AlmanacReplica
import Foundation

@testable import AlmanacClient

/// An authority with a package of the test's own, a laptop that has synced, and a folder for what it exports.
struct ExportScene: Sendable {
    let authority: LiveAuthority
    let laptop: Laptop
    let folder: TemporaryDirectory

    /// The laptop reads these streams, and what is open.
    static func synced(_ package: String, grants: [StreamPattern] = [.all]) async throws -> ExportScene {
        let scene = ExportScene(
            authority: try LiveAuthority(package: package), laptop: try Laptop(), folder: try TemporaryDirectory())
        try await scene.authority.serving { port in
            try await scene.laptop.enrol(scene.authority.invite(grants: grants, port: port))
            try await scene.laptop.sync(port: port)
        }
        return scene
    }

    var path: String { "\(folder.path)/out" }

    func exporter(interruption: Interruption = Interruption(), write: StagedFiles.SystemWrite? = nil) throws -> Exporter {
        Exporter(try laptop.context(), interruption: interruption, systemWrite: write)
    }

    @discardableResult
    func export(
        _ collections: [String] = [], as format: ExportFormat = .datapackage, raw: Bool = false, to name: String = "out",
        force: Bool = false
    ) throws -> ExportSummary {
        let request = ExportRequest(collections: collections, format: format, isRaw: raw)
        return try exporter().export(request, to: "\(folder.path)/\(name)", isForced: force)
    }

    /// To standard output.
    func text(_ collection: String, as format: ExportFormat, raw: Bool = false) throws -> String {
        let page = Page()
        let request = ExportRequest(collections: [collection], format: format, isRaw: raw)
        _ = try exporter().export(request, isMessages: false, sink: page.sink)
        return page.text
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)")), as: UTF8.self)
    }

    /// Everything in the folder, hidden files too.
    func names(_ name: String = "") throws -> [String] { try SystemFile.names(in: "\(folder.path)/\(name)") }

    /// What SQL reads from a collection's view, without what an export leaves out.
    func rows(of collection: String, _ columns: [String]) throws -> String {
        let page = Page()
        var writer = JSONWriter(.lines, sink: page.sink)
        let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        try ReplicaQuery(laptop.context()).run("SELECT \(list) FROM \"\(collection)\" ORDER BY key", into: &writer)
        return page.text
    }
}
