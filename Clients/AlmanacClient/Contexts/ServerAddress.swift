/// Where an authority is looked for. What it is, the pinned root says.
public struct ServerAddress: Hashable, Sendable, Codable {
    /// A name or a numeric address; an IPv6 address without brackets.
    public let host: String
    /// From 1 to 65535.
    public let port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}

extension ServerAddress: CustomStringConvertible {
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
