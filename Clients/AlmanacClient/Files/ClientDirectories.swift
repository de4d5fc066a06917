/// Where the client keeps its files, by the XDG Base Directory Specification.
public struct ClientDirectories: Hashable, Sendable {
    /// Contexts: keys, certificates, which one is current.
    public let configuration: String
    /// Replicas and what belongs to them.
    public let data: String
    /// What is worth keeping and is no data: evidence.
    public let state: String

    /// From `XDG_CONFIG_HOME`, `XDG_DATA_HOME`, `XDG_STATE_HOME` and `HOME`. A relative path in one of the first three is ignored,
    /// as the specification of those directories wants it.
    public init(environment: [String: String]) throws {
        configuration = try Self.directory("XDG_CONFIG_HOME", or: ".config", environment)
        data = try Self.directory("XDG_DATA_HOME", or: ".local/share", environment)
        state = try Self.directory("XDG_STATE_HOME", or: ".local/state", environment)
    }

    private static func directory(_ variable: String, or fallback: String, _ environment: [String: String]) throws -> String {
        if let base = environment[variable], base.hasPrefix("/") { return "\(trimmed(base))/almanac" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { throw ClientError.noHome }
        return "\(trimmed(home))/\(fallback)/almanac"
    }

    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
