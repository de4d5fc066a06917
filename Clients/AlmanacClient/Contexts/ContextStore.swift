import AlmanacReplica
import AlmanacWire

/// The contexts of this user on this device. A context is there completely or not at all: it is made beside its place and renamed.
public struct ContextStore: Sendable {
    public let directories: ClientDirectories

    public init(directories: ClientDirectories) { self.directories = directories }

    private var directory: String { ContextPaths.contexts(directories) }
    private var currentPath: String { "\(directories.configuration)/current" }

    // MARK: Reading

    /// All contexts' names, sorted.
    public func names() throws -> [ContextName] { try SystemFile.names(in: directory).compactMap(ContextName.init) }

    public func context(_ name: ContextName) throws -> Context {
        let paths = ContextPaths(directories, name)
        guard let bytes = try SystemFile.read(paths.credentials.settings) else {
            throw ClientError.unknownContext(name, known: try names())
        }
        return Context(name: name, paths: paths, settings: try ContextSettings.decode(bytes, path: paths.credentials.settings))
    }

    /// The context that the configuration names, if it names one.
    public func current() throws -> ContextName? {
        guard let bytes = try SystemFile.read(currentPath) else { return nil }
        guard let name = ContextName(String(decoding: bytes.filter { $0 != UInt8(ascii: "\n") }, as: UTF8.self)) else {
            throw ClientError.contextDamaged(path: currentPath, "it names no context")
        }
        return name
    }

    /// The option, else the environment variable, else the configuration, else the only context there is.
    public func choose(option: String?, environment: [String: String]) throws -> ChosenContext {
        if let option { return try chosen(ContextName.validated(option), .option) }
        if let value = environment["ALMANAC_CONTEXT"], !value.isEmpty {
            return try chosen(ContextName.validated(value), .environment)
        }
        if let current = try current() { return try chosen(current, .configuration) }
        let names = try names()
        guard let only = names.first else { throw ClientError.notEnrolled }
        guard names.count == 1 else { throw ClientError.noContextChosen(names) }
        return try chosen(only, .onlyOne)
    }

    private func chosen(_ name: ContextName, _ origin: ContextOrigin) throws -> ChosenContext {
        ChosenContext(context: try context(name), origin: origin)
    }

    /// The context that this invitation has led to.
    func context(of invitation: Hash32) throws -> Context? {
        for name in try names() {
            if let context = try? context(name), context.settings.invitation == invitation { return context }
        }
        return nil
    }

    // MARK: Changing

    /// Makes a context the configuration's current one.
    public func use(_ name: ContextName) throws {
        _ = try context(name)
        try FileSync.write(Array("\(name)\n".utf8), to: currentPath)
    }

    /// Changes which streams a context wants; the next sync brings and removes what follows from it. Durable when this returns.
    public func subscribe(_ context: Context, to subscription: Subscription) throws -> Context {
        try changeSubscription(of: context) { _ in subscription }
    }

    /// Changes the subscription to what the body makes of it.
    public func changeSubscription(of context: Context, _ body: (Subscription) throws -> Subscription) throws -> Context {
        try context.changeSettings { settings in
            let subscription = try body(settings.subscription)
            guard subscription.patterns.count <= Subscription.maximumCount else {
                throw ClientError.usage(
                    "A subscription has at most \(Subscription.maximumCount) names and patterns, and this one would have "
                        + "\(subscription.patterns.count): use patterns such as NAME/*.")
            }
            return settings.with(subscription)
        }
    }

    /// Where the enrolment of an invitation keeps its key until it is complete.
    func pending(_ invitation: Hash32) throws -> CredentialPaths {
        let path = "\(directory)/.pending-\(invitation.description.prefix(16))"
        try SystemFile.makeDirectory(path)
        return CredentialPaths(directory: path)
    }

    /// A pending enrolment that leads nowhere.
    func discard(_ pending: CredentialPaths) throws { try removeAll(in: pending.directory) }

    /// A pending enrolment that is complete becomes a context. The first one is the current one.
    func complete(_ pending: CredentialPaths, as name: ContextName, _ settings: ContextSettings) throws -> Context {
        let paths = ContextPaths(directories, name)
        guard !SystemFile.exists(paths.credentials.settings) else { throw ClientError.contextExists(name) }
        let isFirst = try names().isEmpty
        // A later sync may be allowed to write in these directories and nowhere beside them (systemd's ReadWritePaths).
        for directory in [directories.data, directories.state] { try SystemFile.makeDirectory(directory) }
        try FileSync.write(settings.encoded(), to: pending.settings)
        try FileSync.rename(pending.directory, to: paths.configuration)
        if isFirst { try use(name) }
        return Context(name: name, paths: paths, settings: settings)
    }

    /// A pending enrolment takes the place of one that was revoked; what was written there goes out as before. What a cut leaves behind
    /// the same invitation completes.
    func renew(_ context: Context, from pending: CredentialPaths, _ settings: ContextSettings) throws -> Context {
        let lock = try context.takeLock()
        defer { withExtendedLifetime(lock) {} }
        let paths = context.paths.credentials
        let (chains, chain) = (StoredChain(paths: paths), try StoredChain(paths: pending).newest())
        let known = try chains.newest()
        try Trust.requireNotReplaced(chain, by: known)
        if chain != known { try chains.replace(with: chain) }
        for (source, target) in [(pending.key, paths.key), (pending.certificate, paths.certificate)] {
            guard let bytes = try SystemFile.read(source) else {
                throw ClientError.contextDamaged(path: source, "it is not there")
            }
            try FileSync.write(bytes, to: target, mode: 0o600)
        }
        let renewed = try context.changeSettings { settings.with($0.subscription) }
        try discard(pending)
        return renewed
    }

    /// The context of this name if a new invitation may take its place: of the same root, and revoked.
    func revoked(_ name: ContextName, pin: Hash32) throws -> Context? {
        guard try names().contains(name), let context = try? context(name), context.settings.revoked != nil,
            context.settings.pin == pin
        else { return nil }
        return context
    }

    /// The wanted name, or the dataset's own, or one like it that is free.
    func freeName(wanted: ContextName?, dataset: String) throws -> ContextName {
        let taken = try Set(names())
        if let wanted {
            guard !taken.contains(wanted) else { throw ClientError.contextExists(wanted) }
            return wanted
        }
        let base = ContextName(dataset) ?? .fallback
        let others = (2...taken.count + 2).lazy.compactMap { ContextName("\(base.rawValue.prefix(48))-\($0)") }
        guard let name = ([base] + others).first(where: { !taken.contains($0) }) else { throw ClientError.contextExists(base) }
        return name
    }

    /// Overwrites and removes the replica, what belongs to it, the key, and the rest of the context. Evidence stays.
    ///
    /// Throws ``ClientError/unsentWork(_:_:)`` where the outbox holds what is nowhere else, unless that is to be lost with the rest.
    public func forget(_ context: Context, withUnsentWork: Bool = false) throws {
        try SystemFile.makeDirectory(context.paths.data)
        guard let lock = try FileLock(path: context.paths.lock) else { throw ClientError.syncing(context.name) }
        defer { withExtendedLifetime(lock) {} }
        if !withUnsentWork {
            let counts = try context.outboxCounts()
            guard counts.isEmpty else { throw ClientError.unsentWork(context.name, counts) }
        }
        for path in context.paths.credentials.all { try FileShredder.remove(path) }
        try removeAll(in: context.paths.configuration)
        try removeAll(in: context.paths.data)
        if try current() == context.name { try FileSync.remove(currentPath) }
    }

    private func removeAll(in directory: String) throws {
        for name in try SystemFile.names(in: directory) { try FileShredder.remove("\(directory)/\(name)") }
        try SystemFile.removeDirectory(directory)
    }
}
