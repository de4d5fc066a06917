import AlmanacModel
import AlmanacWire

/// The end of a delta whose signature and paths have been checked: what the streams must be for the replica to be the authority's.
public struct VerifiedCompletion: Sendable {
    public let checkpoint: Signed<Checkpoint>
    /// By stream name; nil for a stream that never had a record.
    public let streams: [(name: StreamName, proof: StreamProof?)]
}

/// The replica's own state is not what the authority signed.
public struct DigestMismatch: Error, Equatable {
    public let stream: StreamName
    public let sequence: Sequence
}

extension DigestMismatch: CustomStringConvertible {
    public var description: String {
        "stream \(stream) is not what the authority signed at \(sequence): records are missing, changed or added"
    }
}
