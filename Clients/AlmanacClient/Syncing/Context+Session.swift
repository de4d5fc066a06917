extension Context {
    /// One process syncs a replica at a time. Throws ``ClientError/syncing(_:)`` while another does.
    func takeLock() throws -> FileLock {
        try SystemFile.makeDirectory(paths.data)
        guard let lock = try FileLock(path: paths.lock) else { throw ClientError.syncing(name) }
        return lock
    }
}
