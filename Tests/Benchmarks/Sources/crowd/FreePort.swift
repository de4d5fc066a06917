import Glibc
import Programs

/// A port of the loopback address that nobody has.
enum FreePort {
    static func find() throws -> UInt16 {
        try withSocket { descriptor in
            var address = loopback(0)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isFound =
                pointer(&address) { bind(descriptor, $0, length) } == 0
                && pointer(&address) { getsockname(descriptor, $0, &length) } == 0
            guard isFound else { throw Program.Failure(description: "no free port") }
            return UInt16(bigEndian: address.sin_port)
        }
    }

    static func waitForListener(_ port: UInt16) throws {
        for _ in 0..<200 {
            var address = loopback(port)
            let isThere = try withSocket { descriptor in
                pointer(&address) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) } == 0
            }
            if isThere { return }
            usleep(50_000)
        }
        throw Program.Failure(description: "nothing listens on port \(port)")
    }

    private static func withSocket<Value>(_ body: (Int32) throws -> Value) throws -> Value {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return try body(descriptor)
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        return address
    }

    private static func pointer(_ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Int32) -> Int32 {
        withUnsafeMutablePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body) }
    }
}
