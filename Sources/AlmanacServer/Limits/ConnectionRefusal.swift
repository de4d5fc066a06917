/// Why a connection is closed before a byte of it is read.
enum ConnectionRefusal: String, Error, CaseIterable, Sendable {
    /// ``Limits/connections`` are open.
    case connections
    /// ``Limits/connectionsPerAddress`` are open from there.
    case address
    /// ``Limits/handshakes`` are under way.
    case handshakes
    /// ``Limits/handshakesPerAddress`` are under way from there.
    case addressHandshakes = "address_handshakes"
}
