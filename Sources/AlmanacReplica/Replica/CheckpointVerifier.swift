import AlmanacCrypto
import AlmanacModel
import AlmanacWire

/// Checks what a server says against the root key that the invitation pinned and the highest checkpoint ever verified.
public struct CheckpointVerifier: Sendable {
    public let trust: Trust
    /// The highest checkpoint that this device has verified; nil before the first.
    public let highest: Signed<Checkpoint>?

    public init(trust: Trust, highest: Signed<Checkpoint>?) {
        self.trust = trust
        self.highest = highest
    }

    /// Why a checkpoint is not believed.
    public enum Refusal: Error, Equatable {
        case wrongDataset(UniqueID)
        case unknownDelegation(UInt64)
        case signatureInvalid
        /// An epoch or a sequence below what was verified before.
        case rollback(shown: Cursor, known: Cursor)
        /// Another state under the same number: both signatures are evidence.
        case equivocation(Sequence)
        /// A path that does not lead to the signed root.
        case proofInvalid(StreamName)
        /// The header of a commit to which the signed chain does not lead.
        case commitInvalid(Sequence)
    }

    /// The order of the checks is that of the specification, section 14.
    public func verify(_ signed: Signed<Checkpoint>) throws {
        let statement = signed.statement
        guard statement.dataset == trust.dataset else { throw Refusal.wrongDataset(statement.dataset) }
        guard statement.delegation == trust.checkpointDelegation else { throw Refusal.unknownDelegation(statement.delegation) }
        guard try trust.checkpointKey.verify(signed, context: .checkpoint) else { throw Refusal.signatureInvalid }
        guard let known = highest?.statement else { return }
        if statement.epoch < known.epoch || statement.epoch == known.epoch && statement.sequence < known.sequence {
            throw Refusal.rollback(shown: statement.cursor, known: known.cursor)
        }
        if statement.cursor == known.cursor, statement.root != known.root || statement.chain != known.chain {
            throw Refusal.equivocation(statement.sequence)
        }
    }

    /// Checks the signature and every path. A stream without proof is one that the server says never had a record: that it hides none
    /// cannot be proven, but a replica that holds records of it will not agree.
    public func verify(_ complete: Complete, of streams: [StreamName]) throws -> VerifiedCompletion {
        try verify(complete.checkpoint)
        // Every dataset has its schema: without it nothing that was received can be read.
        guard complete.proofs.count == streams.count, let index = streams.firstIndex(of: .reference),
            complete.proofs[index] != nil
        else {
            throw Refusal.proofInvalid(.reference)
        }
        for (name, proof) in zip(streams, complete.proofs) {
            guard let proof else { continue }
            let leaf = try CheckpointTree.leaf(name, proof)
            guard try CheckpointTree.root(from: leaf, along: proof.path) == complete.checkpoint.statement.root else {
                throw Refusal.proofInvalid(name)
            }
        }
        return VerifiedCompletion(
            checkpoint: complete.checkpoint, streams: Array(zip(streams, complete.proofs)).map { (name: $0, proof: $1) },
            shownCommit: complete.commit)
    }
}

extension CheckpointVerifier.Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .wrongDataset(let found): "the checkpoint is of another dataset, \(found)"
        case .unknownDelegation(let number):
            "the checkpoint names delegation \(number), which the root key has not confirmed here"
        case .signatureInvalid: "the checkpoint's signature is not the authority's"
        case .rollback(let shown, let known):
            "the server shows \(shown.sequence), but \(known.sequence) was verified before: this is an older state of the authority"
        case .equivocation(let sequence): "the authority signed two different states as \(sequence)"
        case .proofInvalid(let stream): "what the server says of stream \(stream) does not lead to what the authority signed"
        case .commitInvalid(let sequence): "what the server says of commit \(sequence) is not what the authority signed"
        }
    }
}
