import Foundation
import Testing

/// A file of golden vectors: `Protocol/vectors/README.md` describes the format.
struct VectorFile: Codable, Equatable {
    var about: String
    var good: [Vector]
    var refused: [Vector]

    static let names = [
        "primitives", "values", "records", "frames", "messages", "statements", "operations", "preimages", "windows",
    ]

    private static func url(_ name: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Protocol/vectors/\(name).json")
    }

    static func read(_ name: String) throws -> VectorFile {
        try JSONDecoder().decode(VectorFile.self, from: try Data(contentsOf: url(name)))
    }

    func write(_ name: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try (try encoder.encode(self) + Data("\n".utf8)).write(to: Self.url(name))
    }

    /// Every vector of every file.
    static func all() throws -> [Vector] {
        let vectors = try names.flatMap { name in
            let file = try read(name)
            return file.good + file.refused
        }
        try #require(vectors.count > 100)
        return vectors
    }
}
