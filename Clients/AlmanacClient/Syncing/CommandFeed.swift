import AlmanacModel
import AlmanacReplica
import Foundation

/// Up to where the user's commands have been told of what a followed authority has changed, kept durably: what a command has not
/// taken over, because it failed or nothing was left to run it, is told again.
public struct CommandFeed: Sendable {
    private let path: String
    private let command: String

    /// Commands are told apart by their text.
    public init(_ command: String, of context: Context) {
        path = context.paths.commandFeeds
        self.command = command
    }

    /// Nil for a command that was never told anything.
    public func position() throws -> FeedPosition? { try stored()[command].flatMap { FeedPosition($0) } }

    /// Durable when this returns.
    public func advance(to position: FeedPosition) throws {
        var all = try stored()
        all[command] = position.description
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try FileSync.write([UInt8](encoder.encode(all)) + [UInt8(ascii: "\n")], to: path)
    }

    /// A file that is not what was written counts as none: commands are told too much then, and never too little.
    private func stored() throws -> [String: String] {
        guard let bytes = try SystemFile.read(path) else { return [:] }
        return (try? JSONDecoder().decode([String: String].self, from: Data(bytes))) ?? [:]
    }
}
