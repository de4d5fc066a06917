import AlmanacPackage
import Configuration
import Foundation
import Synchronization
import SystemPackage

/// The configuration file, and which of its keys nobody reads.
struct ConfigurationFile {
    static let standardPath = "/etc/almanac/almanacd.yaml"

    let path: String
    let provider: any ConfigProvider
    let unknownKeys: [String]

    /// The file at this path, which has to be there; without a path the usual one, if it is there. Nil for a file that says nothing.
    static func read(_ path: String?) async throws -> ConfigurationFile? {
        guard let path else {
            return FileManager.default.fileExists(atPath: standardPath) ? try await read(named: standardPath) : nil
        }
        return try await read(named: path)
    }

    private static func read(named path: String) async throws -> ConfigurationFile? {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw ConfigurationFailure(path: path, reason: "it cannot be read")
        }
        guard saysSomething(content) else { return nil }
        let keys = SeenKeys()
        do {
            let provider = try await FileProvider<YAMLSnapshot>(parsingOptions: keys.options, filePath: FilePath(path))
            return ConfigurationFile(path: path, provider: provider, unknownKeys: try unknown(keys.all, path))
        } catch let failure as ConfigurationFailure {
            throw failure
        } catch {
            let reason = "\(error)".split(separator: "\n").joined(separator: " ")
            throw ConfigurationFailure(path: path, reason: VisibleText.shortened(reason, limit: 300))
        }
    }

    /// A file of comments is as good as none.
    private static func saysSomething(_ content: Data) -> Bool {
        String(decoding: content, as: UTF8.self).split(whereSeparator: \.isNewline).contains { line in
            let text = line.drop { $0 == " " || $0 == "\t" }
            return !text.isEmpty && !text.hasPrefix("#") && text != "---"
        }
    }

    /// A key that stands where a group of keys does, or the other way round, is an error: its value would be lost.
    private static func unknown(_ keys: [String], _ path: String) throws -> [String] {
        let known = Setting.allCases.map(\.rawValue)
        let unknown = keys.filter { !known.contains($0) }
        for key in unknown {
            if let group = known.first(where: { $0.hasPrefix("\(key).") }) {
                throw ConfigurationFailure(path: path, reason: "\(key) has no value of its own: write \(group) below it")
            }
            if let value = known.first(where: { key.hasPrefix("\($0).") }) {
                throw ConfigurationFailure(path: path, reason: "\(value) is one value, not a group of keys")
            }
        }
        return unknown.map { VisibleText.shortened($0) }
    }
}

/// Notes the keys of a file while it is read: the one moment when they are all named.
private final class SeenKeys: Sendable {
    private let keys = Mutex<Set<String>>([])

    var all: [String] { keys.withLock { $0.sorted() } }

    var options: YAMLSnapshot.ParsingOptions {
        YAMLSnapshot.ParsingOptions(
            secretsSpecifier: .dynamic { key, _ in
                self.keys.withLock { _ = $0.insert(key) }
                return false
            })
    }
}
