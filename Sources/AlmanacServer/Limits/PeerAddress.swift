import Glibc
import NIOCore

/// Who a connection counts for: an IPv4 address, or a network of 64 bits of IPv6, which one customer usually has for themselves.
struct PeerAddress: Hashable, Sendable {
    private let bytes: [UInt8]

    /// Nil for what is no address of the Internet.
    init?(_ address: SocketAddress?) {
        // A link-local address may come with its interface: fe80::1%eth0.
        guard let text = address?.ipAddress?.prefix(while: { $0 != "%" }) else { return nil }
        if let four = Self.parsed(String(text), AF_INET, count: 4) {
            bytes = four
        } else if let all = Self.parsed(String(text), AF_INET6, count: 16) {
            bytes = Self.isMappedIPv4(all) ? Array(all.suffix(4)) : Array(all.prefix(8))
        } else {
            return nil
        }
    }

    private static func parsed(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    /// An IPv4 client of a socket that listens on both.
    private static func isMappedIPv4(_ bytes: [UInt8]) -> Bool {
        bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 0xff }
    }
}

extension PeerAddress: CustomStringConvertible {
    /// `192.0.2.1`, or `2001:db8:0:1::/64`.
    var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return groups.map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }
}
