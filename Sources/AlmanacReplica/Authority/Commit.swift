import AlmanacModel
import AlmanacWire

/// One atomic change to the dataset: its number, and what it says of itself.
public struct Commit: Hashable, Sendable {
    public let sequence: Sequence
    public let header: CommitHeader

    public init(sequence: Sequence, header: CommitHeader) {
        self.sequence = sequence
        self.header = header
    }
}
