extension Context {
    /// The subscription as it is stored now, which another process may have changed since the context was read.
    public func storedSubscription() throws -> Subscription {
        let path = paths.credentials.settings
        guard let bytes = try SystemFile.read(path) else { return settings.subscription }
        return try ContextSettings.decode(bytes, path: path).subscription
    }
}
