import AlmanacReplica
import Foundation

/// A text that somebody is writing, in a file that only they can read. It stays until it is saved, or given up.
public struct DraftFile: Sendable {
    public let path: String
    /// What the editor begins with.
    public let original: String

    /// Makes the file beside the replica, where `almanac forget` finds it.
    public init(in context: Context, text: String, comments: [String]) throws {
        try SystemFile.makeDirectory(context.paths.data)
        original = text
        path = "\(context.paths.data)/draft-\(try ShortID.digits(of: .fresh()).prefix(8)).md"
        try FileSync.write(Array(DraftText.content(text, comments: comments).utf8), to: path)
    }

    /// What stands there now.
    public func text() throws -> String {
        guard let bytes = try SystemFile.read(path) else { throw WritingError.emptyText }
        guard let content = String(validating: bytes, as: UTF8.self) else {
            throw ClientError.usage("The file \(path) is not UTF-8: correct it there.")
        }
        return DraftText.text(of: content)
    }

    /// Leaves the text alone in the file, so that it can be used as it is.
    public func keep(_ text: String) throws { try FileSync.write(Array("\(text)\n".utf8), to: path) }

    public func remove() throws { try FileSync.remove(path) }
}
