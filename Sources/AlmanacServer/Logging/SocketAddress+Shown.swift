import NIOCore

extension SocketAddress {
    /// As people write it: `127.0.0.1:7410`, `[::1]:7410`.
    var shown: String {
        guard let ipAddress, let port else { return String(describing: self) }
        return ipAddress.contains(":") ? "[\(ipAddress)]:\(port)" : "\(ipAddress):\(port)"
    }
}
