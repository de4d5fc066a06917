import AlmanacReplica

extension Context {
    /// What was written here, for writing more; the file is made where there is none. Needs no lock and waits for no sync.
    public func openOutbox() throws -> Outbox {
        try SystemFile.makeDirectory(paths.data)
        return try Outbox.open(path: paths.outbox)
    }

    /// The same for reading alone; nil where nothing was ever written.
    public func readOutbox() throws -> Outbox? { try Outbox.openForReading(path: paths.outbox) }

    /// How much of what was written here the authority has not taken: for `1 change is safe here`.
    public func outboxCounts() throws -> OutboxCounts {
        guard let outbox = try readOutbox() else { return OutboxCounts() }
        defer { try? outbox.close() }
        return try outbox.counts()
    }
}
