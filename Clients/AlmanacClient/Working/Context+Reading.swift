import AlmanacModel
import AlmanacReplica

extension Context {
    /// Opens the replica for SQL, with what this device has written on top: the way in which every question is asked. `views` can be asked
    /// beside what the replica has.
    public func openReplicaForReading(views: [AnswerView] = []) throws -> RawQuery {
        let path = try replicaPath()
        let plain = try RawQuery(path: path, views: views)
        guard SystemFile.exists(paths.outbox), try hasPending(at: plain.cursor()) else { return plain }
        var triesLeft = Self.tries
        while true {
            let (overlay, schema) = try WorkingCopy.read(self) { (try $0.overlay(), $0.schema) }
            do {
                return try RawQuery(path: path, views: views, overlay: (overlay, schema))
            } catch is ReplicaOverlay.Outdated where triesLeft > 0 {
                // A sync has ended in between.
                triesLeft -= 1
            }
        }
    }

    private static let tries = 10

    private func hasPending(at cursor: Cursor?) throws -> Bool {
        guard let outbox = try readOutbox() else { return false }
        defer { try? outbox.close() }
        return try outbox.hasPending(at: cursor)
    }
}
