import Foundation
import Synchronization

/// A folder that is gone when the process ends: the benchmark library keeps what a setup made until then.
public struct TemporaryFolder: Sendable {
    public let url: URL

    private static let all = Mutex<[URL]>([])

    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "almanac-benchmarks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let isFirst = Self.all.withLock { all in
            all.append(url)
            return all.count == 1
        }
        if isFirst { atexit { TemporaryFolder.removeAll() } }
    }

    private static func removeAll() {
        for url in all.withLock(\.self) { try? FileManager.default.removeItem(at: url) }
    }

    public func path(_ name: String) -> String { url.appending(path: name).path }
}
