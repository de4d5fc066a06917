import AlmanacClient
import AlmanacModel
import AlmanacPackage
import AlmanacWire

extension CommitHeader {
    /// Who and why, in one line.
    var line: String {
        let author = VisibleText.shortened(author.string, limit: 40)
        return message.string.isEmpty ? author : "\(author): \(VisibleText.shortened(message.string, limit: 80))"
    }

    /// For programs, whole.
    var members: [JSONMember] {
        [
            JSONMember("author", .string(author.string)), JSONMember("message", .string(message.string)),
            JSONMember("time", .string(time)),
        ]
    }
}
