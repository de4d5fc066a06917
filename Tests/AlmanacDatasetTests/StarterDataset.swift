import AlmanacDataset
import Foundation

/// The data package that ships, imported once for all tests of the process. An authority's file has the views that a replica has.
struct StarterDataset: Sendable {
    let path: String

    static let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/AlmanacDataset/Package").path

    private static let shared = Result { try StarterDataset() }

    /// A reader of its own for each test.
    static func reader() throws -> DatasetReader { try DatasetReader(path: shared.get().path) }

    private init() throws {
        let dataset = try ImportedDataset(package: Self.packageFolder)
        Self.removeAtExit(dataset.folder)
        path = dataset.path
    }

    /// Static values are never destroyed.
    private static func removeAtExit(_ folder: String) {
        setenv("ALMANAC_TEST_STARTER_DATASET", folder, 1)
        atexit {
            guard let folder = getenv("ALMANAC_TEST_STARTER_DATASET").map({ String(cString: $0) }) else { return }
            try? FileManager.default.removeItem(atPath: folder)
        }
    }
}
