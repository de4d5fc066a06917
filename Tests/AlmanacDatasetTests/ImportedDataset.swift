import AlmanacDataset
import AlmanacModel
import AlmanacReplica
import AlmanacServer
import Foundation

/// A data package imported into an authority's file, which has the views that a replica has.
struct ImportedDataset: Sendable {
    let folder: String
    let path: String

    /// Into a folder of its own, which ``remove()`` takes away.
    init(package: String) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("almanac-dataset-\(UUID().uuidString)").path
        let directory = DataDirectory(folder)
        path = directory.database
        do {
            try Self.found(directory, package)
        } catch {
            remove()
            throw error
        }
    }

    private static func found(_ directory: DataDirectory, _ package: String) throws {
        let time = Instant(clamping: 1_790_000_000_000)
        _ = try Founding(directory: directory, name: "clusters", rootKeyPath: nil).found(now: time)
        let store = try AuthorityDatabase.open(existing: directory.database)
        _ = try Importer(store: store).importPackage(
            at: package, Importer.Circumstances(author: "test", message: "a package", time: time))
        try store.close()
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
