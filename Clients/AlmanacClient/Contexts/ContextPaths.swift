/// The files of one context.
public struct ContextPaths: Hashable, Sendable {
    /// Key, certificate, settings.
    public let configuration: String
    /// The replica and what belongs to it.
    public let data: String
    /// Evidence against an authority, which outlives the replica.
    public let state: String

    init(_ directories: ClientDirectories, _ name: ContextName) {
        configuration = "\(Self.contexts(directories))/\(name)"
        data = "\(directories.data)/\(name)"
        state = "\(directories.state)/\(name)"
    }

    static func contexts(_ directories: ClientDirectories) -> String { "\(directories.configuration)/contexts" }

    public var replica: String { "\(data)/replica.sqlite" }
    /// What was written here; it has nothing to do with the replica's life.
    public var outbox: String { "\(data)/outbox.sqlite" }
    public var spool: String { "\(data)/spool" }
    /// The highest checkpoint that was ever verified.
    public var checkpoint: String { "\(data)/checkpoint" }
    /// What the last sync that moved something did.
    var lastSync: String { "\(data)/last-sync" }
    /// Up to where the commands of steps have been told.
    var commandFeeds: String { "\(data)/command-feeds" }
    /// What this person was told.
    var notices: String { "\(data)/notices" }
    /// Held while the settings change: a followed sync holds the other one.
    var settingsLock: String { "\(configuration)/lock" }
    public var lock: String { "\(data)/lock" }
    var credentials: CredentialPaths { CredentialPaths(directory: configuration) }
}

/// The files that an enrolment makes.
struct CredentialPaths: Hashable, Sendable {
    let directory: String

    var settings: String { "\(directory)/context.json" }
    var key: String { "\(directory)/device.key" }
    var certificate: String { "\(directory)/device.crt" }
    var chain: String { "\(directory)/chain" }
    /// The chain before the last rotation: the replica's checkpoint may still rest on it.
    var previousChain: String { "\(directory)/chain.previous" }

    var all: [String] { [key, certificate, chain, previousChain, settings] }
}
