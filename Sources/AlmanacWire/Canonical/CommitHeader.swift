import AlmanacModel

/// What a commit says of itself. The chain holds its hash, not its words, so that who may not read it can still follow the chain; the
/// salt keeps them from guessing it.
public struct CommitHeader: Hashable, Sendable {
    public let salt: Salt
    public let time: Instant
    /// At most ``Caps/commitAuthor`` bytes.
    public let author: Text
    /// At most ``Caps/commitMessage`` bytes.
    public let message: Text

    public init(salt: Salt, time: Instant, author: Text, message: Text) throws(WireError) {
        guard author.utf8.count <= Caps.commitAuthor else { throw .tooLarge("author of a commit", cap: Caps.commitAuthor) }
        guard message.utf8.count <= Caps.commitMessage else { throw .tooLarge("message of a commit", cap: Caps.commitMessage) }
        self.salt = salt
        self.time = time
        self.author = author
        self.message = message
    }

    /// The encoding of section 7 of the specification.
    public var encoded: [UInt8] {
        var writer = WireWriter()
        writer.fixed(salt)
        writer.instant(time)
        writer.text(author)
        writer.text(message)
        return writer.bytes
    }

    public static func decode(_ bytes: [UInt8]) throws(WireError) -> CommitHeader {
        var reader = WireReader(bytes)
        let header = try CommitHeader(
            salt: reader.fixed(Salt.self, "salt of a commit"), time: reader.instant("time of a commit"),
            author: reader.text("author of a commit", cap: Caps.commitAuthor),
            message: reader.text("message of a commit", cap: Caps.commitMessage))
        try reader.finish("header of a commit")
        return header
    }
}
