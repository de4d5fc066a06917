import AlmanacModel
import AlmanacWire

/// What one snapshot gave of a delta.
public struct DeltaStep: Sendable {
    public let head: Sequence
    /// How many entries remained in each stream before this step, by name; present when the head is not that of the last outline.
    public let outline: [OutlineEntry]?
    /// In the order in which they are sent.
    public let windows: [EncodedWindow]
    /// The request from which the next step goes on.
    public let next: DeltaRequest
    /// Present when this snapshot has given the rest of all streams.
    public let completion: DeltaCompletion?
}

/// The end of a delta: what has to be signed, and how each stream proves itself against it, by name.
public struct DeltaCompletion: Sendable {
    public let head: HeadState
    public let proofs: [StreamProof?]
    /// The header of the head's commit, if the reader had all that came before it and may read every stream that it changed.
    public let commit: CommitHeader?
}
