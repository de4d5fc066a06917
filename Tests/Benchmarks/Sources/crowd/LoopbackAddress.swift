import NIOCore

/// Addresses of this machine alone.
enum LoopbackAddress {
    static let server = "127.0.0.1"
    /// So many that no limit for one address is met, and no address runs out of ports.
    private static let clientCount = 100

    /// Any port of the address that a client comes from.
    static func of(client number: Int) throws -> SocketAddress {
        try SocketAddress(ipAddress: "127.0.1.\(number % clientCount + 1)", port: 0)
    }
}
