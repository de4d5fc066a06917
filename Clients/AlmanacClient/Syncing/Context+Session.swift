import AlmanacTransport
import AlmanacWire

extension Context {
    /// One process syncs a replica at a time. Throws ``ClientError/syncing(_:)`` while another does.
    func takeLock() throws -> FileLock {
        try SystemFile.makeDirectory(paths.data)
        guard let lock = try FileLock(path: paths.lock) else { throw ClientError.syncing(name) }
        return lock
    }

    /// What this device shows and whom it believes.
    func tls(keyLog: KeyLogFile? = nil) throws -> TLSContext {
        let credentials = try DeviceCredentials.load(paths.credentials)
        return try TLSContext.client(
            pinnedRoot: settings.pin.bytes, identity: credentials.identity, keyLog: keyLog.map { file in file.add(_:) })
    }
}
