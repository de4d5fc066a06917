import AlmanacModel
import AlmanacReplica

extension Context {
    /// Everything that the outbox keeps, as JSON Lines; returns how many changes there were.
    public func exportOutbox(to sink: @escaping TextSink) throws -> Int {
        guard let outbox = try readOutbox() else { return 0 }
        defer { try? outbox.close() }
        let schema = try ReplicaStatus.replica(of: self) == nil ? nil : authoring { $0.working.schema }
        return try OutboxExport(outbox, schema: schema).write(to: sink)
    }

    /// Into a file that only its owner can read. Throws ``ClientError/outputExists(path:)`` unless it may be written over.
    public func exportOutbox(toFile path: String, overwriting: Bool) throws -> Int {
        guard overwriting || !SystemFile.exists(path) else { throw ClientError.outputExists(path: path) }
        var text = ""
        let count = try exportOutbox { text += $0 }
        try FileSync.write(Array(text.utf8), to: path)
        return count
    }
}
