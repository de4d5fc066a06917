import AlmanacModel
import AlmanacReplica

extension Context {
    /// The settings as they are stored now, which another process may have changed since the context was read.
    func storedSettings() throws -> ContextSettings {
        let path = paths.credentials.settings
        guard let bytes = try SystemFile.read(path) else { return settings }
        return try ContextSettings.decode(bytes, path: path)
    }

    /// The subscription as it is stored now.
    public func storedSubscription() throws -> Subscription { try storedSettings().subscription }

    /// Takes over the role that a server of the authority names to a device that it lets in; false where it is known.
    func note(_ role: Role) throws -> Bool {
        let stored = try storedSettings()
        guard stored.role != role || stored.revoked != nil else { return false }
        try changeSettings { $0.with(role).with(revoked: nil) }
        return stored.role != role
    }

    /// Changes the stored settings; two processes do so one after the other.
    @discardableResult
    func changeSettings(_ body: (ContextSettings) throws -> ContextSettings) throws -> Context {
        guard let lock = try FileLock(path: paths.settingsLock) else {
            throw ClientError.usage("Another process is changing the settings of \(name): try again.")
        }
        defer { withExtendedLifetime(lock) {} }
        let changed = try body(storedSettings())
        try FileSync.write(changed.encoded(), to: paths.credentials.settings)
        return Context(name: name, paths: paths, settings: changed)
    }
}
