import Foundation

/// A directory of a test's own, gone with the object.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "almanac-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Every file below a directory, with its bytes, but for what SQLite keeps for readers.
    func listing(_ name: String) throws -> [String: Data] {
        let root = URL(fileURLWithPath: path).appendingPathComponent(name)
        var files: [String: Data] = [:]
        for file in try FileManager.default.subpathsOfDirectory(atPath: root.path) where !file.hasSuffix("-shm") {
            if let data = try? Data(contentsOf: root.appendingPathComponent(file)), !file.hasSuffix("-wal") || !data.isEmpty {
                files[file] = data
            }
        }
        return files
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
