import AlmanacModel
import AlmanacReplica

/// What becomes of a context whose device is not let in any more.
extension Context {
    /// Notes it durably, then overwrites and removes what this device may not read any more. What was written here stays, and so do the
    /// settings and the key. The lock of the replica is held meanwhile.
    func withdraw(now: Instant) throws {
        if try storedSettings().revoked == nil { try changeSettings { $0.with(revoked: now) } }
        for name in try SystemFile.names(in: paths.data) where Self.readable.contains(where: name.contains) {
            try FileShredder.remove("\(paths.data)/\(name)")
        }
    }

    /// Of the names of files that hold what was received.
    private static let readable = ["replica.sqlite", "spool", "notices", "last-sync"]

    /// Throws ``ClientError/revoked(_:unsent:)`` where a server has said so.
    func requireEnrolled() throws {
        if try storedSettings().revoked != nil { throw revocation }
    }

    var revocation: ClientError { .revoked(name, unsent: (try? outboxCounts().unsettled) ?? 0) }

    /// Why there is no replica.
    public var withoutReplica: ClientError { (try? storedSettings())?.revoked == nil ? .noReplica(name) : revocation }
}
