import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// Two checkpoints of one number that contradict each other, in a form that everybody can check.
struct Evidence {
    let known: Signed<Checkpoint>
    let shown: Signed<Checkpoint>
    let chain: DelegationChain

    /// The path of the file, whose name comes from the signatures alone.
    func write(in directory: String) throws -> String {
        try SystemFile.makeDirectory(directory)
        let hash = try Hash32(hashing: known.encoded + shown.encoded)
        let path = "\(directory)/evidence-\(hash.description.prefix(16))"
        try FileSync.write(Array(text.utf8), to: path)
        return path
    }

    private var text: String {
        var writer = WireWriter()
        chain.write(to: &writer)
        return """
            Two checkpoints of dataset \(known.statement.dataset), epoch \(known.statement.epoch), \(known.statement.sequence).
            known  \(Hex.encode(known.encoded))
            shown  \(Hex.encode(shown.encoded))
            chain  \(Hex.encode(writer.bytes))

            """
    }
}
