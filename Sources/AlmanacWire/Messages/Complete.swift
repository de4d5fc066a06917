import AlmanacModel

/// The end of a pull: what the replica has to be equal to.
public struct Complete: MessagePayload {
    static let type = MessageType.complete

    public let checkpoint: Signed<Checkpoint>
    /// For each stream of the pull, in its order; nil for a stream that never had a record. At most 256.
    public let proofs: [StreamProof?]
    /// The header of the head's commit, where the reader lacked nothing but that commit and may read all that it changed.
    public let commit: CommitHeader?
    public let extensions: Extensions

    public init(
        checkpoint: Signed<Checkpoint>, proofs: [StreamProof?], extensions: Extensions = .none
    ) throws(WireError) {
        guard proofs.count <= Caps.streamsOfPull else { throw .tooLarge("proofs", cap: Caps.streamsOfPull) }
        self.checkpoint = checkpoint
        self.proofs = proofs
        self.extensions = extensions
        commit = try extensions.content(of: Extension.commit).map(CommitHeader.decode)
        try requireFits()
    }

    func write(to writer: inout WireWriter) {
        checkpoint.write(to: &writer)
        writer.list(proofs) { writer, proof in writer.optional(proof) { $1.write(to: &$0) } }
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        try self.init(
            checkpoint: try Signed(from: &reader),
            proofs: try reader.list("proofs", cap: Caps.streamsOfPull) { reader throws(WireError) in
                try reader.optional("proof") { reader throws(WireError) in try StreamProof(from: &reader) }
            },
            extensions: try Extensions(from: &reader))
    }
}

extension Extension {
    /// Of `complete` and `reached`.
    static let commit: UInt64 = 1
}

extension Extensions {
    /// Of the end of a pull that brought one commit.
    public static func commit(_ header: CommitHeader) -> Extensions {
        .init(only: Extension(id: Extension.commit, content: header.encoded))
    }
}
