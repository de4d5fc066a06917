import Glibc

/// The address of a Unix socket: a path, or a name in the abstract namespace.
struct UnixAddress: Sendable {
    private let name: [UInt8]

    /// Nil if it does not fit.
    init?(path: String) { self.init(name: Array(path.utf8) + [0]) }

    /// A name behind `@` is abstract, as systemd writes it.
    init?(notation: String) {
        switch notation.first {
        case "/": self.init(path: notation)
        case "@": self.init(name: [0] + notation.utf8.dropFirst())
        default: return nil
        }
    }

    private init?(name: [UInt8]) {
        guard name.count > 1, name.count <= MemoryLayout.size(ofValue: sockaddr_un().sun_path) else { return nil }
        self.name = name
    }

    func with<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t((MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2) + name.count)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}
