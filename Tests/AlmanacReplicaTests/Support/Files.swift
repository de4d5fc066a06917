import Foundation

/// Whole files, as bytes.
enum Files {
    static func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    static func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    /// In place of a database file, of which nothing is left.
    static func copy(_ path: String, to target: String) throws {
        for suffix in ["", "-wal", "-shm"] where exists(target + suffix) {
            try FileManager.default.removeItem(atPath: target + suffix)
        }
        try FileManager.default.copyItem(atPath: path, toPath: target)
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
