import Foundation

/// A directory that is removed with everything in it when the body ends.
func withTemporaryDirectory<Content>(_ body: (String) throws -> Content) throws -> Content {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("almanac-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
}
