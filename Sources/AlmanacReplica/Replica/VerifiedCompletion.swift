import AlmanacModel
import AlmanacWire

/// The end of a delta whose signature and paths have been checked: what the streams must be for the replica to be the authority's.
public struct VerifiedCompletion: Sendable {
    public let checkpoint: Signed<Checkpoint>
    /// By stream name; nil for a stream that never had a record.
    public let streams: [(name: StreamName, proof: StreamProof?)]
    /// As the server shows it; ``commit(after:)`` compares it with what is signed.
    let shownCommit: CommitHeader?

    init(checkpoint: Signed<Checkpoint>, streams: [(name: StreamName, proof: StreamProof?)], shownCommit: CommitHeader? = nil) {
        self.checkpoint = checkpoint
        self.streams = streams
        self.shownCommit = shownCommit
    }

    /// The header of the commit that lies between this state and the one before it.
    ///
    /// - Returns: nil where more than one commit lies between them, or where this reader may not read all that the commit changed.
    /// - Throws: ``CheckpointVerifier/Refusal/commitInvalid(_:)``, when the signed chain does not lead over that header.
    public func commit(after before: Checkpoint?) throws -> CommitHeader? {
        let statement = checkpoint.statement
        guard let shownCommit, let before, before.epoch == statement.epoch, before.sequence.next == statement.sequence else {
            return nil
        }
        guard try before.chain.linked(to: statement.sequence, shownCommit, root: statement.root) == statement.chain else {
            throw CheckpointVerifier.Refusal.commitInvalid(statement.sequence)
        }
        return shownCommit
    }
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
