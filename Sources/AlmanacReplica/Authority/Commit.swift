import AlmanacModel

/// One atomic change to the dataset, as its header tells it.
public struct Commit: Hashable, Sendable {
    public let sequence: Sequence
    public let time: Instant
    public let author: String
    public let message: String

    public init(sequence: Sequence, time: Instant, author: String, message: String) {
        self.sequence = sequence
        self.time = time
        self.author = author
        self.message = message
    }
}
