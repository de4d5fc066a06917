import Glibc

/// A port of 127.0.0.1 that is taken but on which nothing listens. Closing a listener would not do: a child process that is just
/// being started holds a copy of it for a moment.
final class ReservedPort {
    struct Unavailable: Error { let errno: Int32 }

    let port: Int
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        guard result == 0 else { throw Unavailable(errno: errno) }
    }

    deinit { close(descriptor) }
}
