import Foundation
import Glibc
import Programs
import Synchronization

/// Passes TCP connections on to a port of this machine and counts what goes through: TLS records, handshakes included, without the
/// headers of TCP and IP.
final class Relay: Sendable {
    let port: UInt16
    private let target: UInt16
    private let listener: Int32
    private let total = Mutex(Counts())

    enum Direction {
        case sent, received
    }

    /// Bytes as the client sees them.
    struct Counts {
        var sent = 0
        var received = 0

        mutating func add(_ count: Int, _ direction: Direction) {
            switch direction {
            case .sent: sent += count
            case .received: received += count
            }
        }

        static func - (lhs: Counts, rhs: Counts) -> Counts {
            Counts(sent: lhs.sent - rhs.sent, received: lhs.received - rhs.received)
        }
    }

    var counts: Counts { total.withLock { $0 } }

    init(to target: UInt16) throws {
        self.target = target
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening =
            Self.withSocketAddress(&address) { bind(listener, $0, length) } == 0 && listen(listener, 16) == 0
            && Self.withSocketAddress(&address) { getsockname(listener, $0, &length) } == 0
        guard isListening else {
            throw Program.Failure(description: "no socket for the relay: \(String(cString: strerror(errno)))")
        }
        port = UInt16(bigEndian: address.sin_port)
        Thread { self.acceptAll() }.start()
    }

    private func acceptAll() {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            var address = Self.loopback(port: target)
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            guard Self.withSocketAddress(&address, { connect(server, $0, size) }) == 0 else { close(client); continue }
            pump(from: client, to: server, .sent)
            pump(from: server, to: client, .received)
        }
    }

    /// The descriptors of a connection are left to the end of the process, which passes on few.
    private func pump(from source: Int32, to target: Int32, _ direction: Direction) {
        Thread {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(source, &buffer, buffer.count)
                guard count > 0 else { break }
                // Counted before it is passed on: who has seen the answer finds it counted.
                self.total.withLock { $0.add(count, direction) }
                guard Self.writeAll(buffer[..<count], to: target) else { break }
            }
            shutdown(target, Int32(SHUT_WR))
        }.start()
    }

    private static func writeAll(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        return address
    }

    private static func withSocketAddress(_ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Int32)
        -> Int32
    {
        withUnsafeMutablePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body) }
    }
}
