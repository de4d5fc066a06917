/// Everything up to here is in a replica: the one place where it stands in the authority's history.
public struct Cursor: Hashable, Sendable {
    public let epoch: Epoch
    public let sequence: Sequence

    public init(epoch: Epoch, sequence: Sequence) {
        self.epoch = epoch
        self.sequence = sequence
    }
}
