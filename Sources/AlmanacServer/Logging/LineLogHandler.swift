import AlmanacModel
import Foundation
import Logging

/// One line an event, on stderr: time, level, message, then `key=value` in the order of the keys.
///
/// Whatever could break a line or reach a terminal is escaped, and long values are cut: a log line is one event, whoever caused it.
public struct LineLogHandler: LogHandler {
    public var logLevel = Logger.Level.info
    public var metadata: Logger.Metadata = [:]

    private let clock: Clock
    private let write: @Sendable (String) -> Void

    /// The lines come with their line feed.
    public init(
        clock: Clock = .system, write: @escaping @Sendable (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }
    ) {
        self.clock = clock
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        if let error = event.error { all["error"] = "\(error)" }
        let pairs = all.sorted { $0.key < $1.key }.map { " \(LogText.bare($0.key))=\(LogText.quoted("\($0.value)"))" }
        write("\(clock.now()) \(event.level) \(LogText.escaped("\(event.message)"))\(pairs.joined())\n")
    }
}
