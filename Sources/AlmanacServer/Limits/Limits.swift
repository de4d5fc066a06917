/// How much the server takes from whom.
public struct Limits: Equatable, Sendable {
    /// Open at the same time; never more than the process has file descriptors for.
    public var connections = 10_000
    /// Open at the same time from one address; of IPv6, from one network of 64 bits. An office behind one address counts as one.
    public var connectionsPerAddress = 256
    /// Connections that have not finished their TLS handshake.
    public var handshakes = 1_024
    /// Of these from one address: whoever holds handshakes open needs many addresses to keep others out.
    var handshakesPerAddress: Int { max(1, handshakes / 8) }
    /// Attempts to enrol from one address, a minute.
    public var enrolmentsPerMinute = 60
    /// Operations that one device pushes, a minute: more than anybody writes in a month without a network.
    public var operationsPerMinute = 30_000

    public init() {}
}
