import AlmanacModel
import AlmanacWire

/// What a checkpoint is signed over: the state of an authority after its last commit.
public struct HeadState: Hashable, Sendable {
    public let dataset: UniqueID
    public let epoch: Epoch
    public let sequence: Sequence
    public let chain: Hash32
    public let root: Hash32

    public init(dataset: UniqueID, epoch: Epoch, sequence: Sequence, chain: Hash32, root: Hash32) {
        self.dataset = dataset
        self.epoch = epoch
        self.sequence = sequence
        self.chain = chain
        self.root = root
    }

    /// The sequence of the commit that follows.
    var nextSequence: Sequence {
        get throws {
            guard let next = sequence.next else { throw ReplicaError.refused("there are no sequences left") }
            return next
        }
    }
}
