import Glibc

/// Tells the service manager how the server is (sd_notify): datagrams to the socket that `NOTIFY_SOCKET` names.
public struct ServiceNotifier: Sendable {
    private let address: UnixAddress
    /// How often the manager wants to hear that the server is alive, at the least; nil if it does not ask.
    let watchdog: Duration?

    /// Nil where no manager listens.
    public init?(environment: [String: String]) {
        guard let socket = environment["NOTIFY_SOCKET"], let address = UnixAddress(notation: socket) else { return nil }
        self.address = address
        watchdog = Self.watchdog(environment)
    }

    private static func watchdog(_ environment: [String: String]) -> Duration? {
        guard let text = environment["WATCHDOG_USEC"], let microseconds = Int64(text), microseconds > 0 else { return nil }
        if let process = environment["WATCHDOG_PID"], process != "\(getpid())" { return nil }
        return .microseconds(microseconds)
    }

    func ready(_ status: String) { send("READY=1\nSTATUS=\(LogText.escaped(status))", patience: Self.patience) }

    func status(_ status: String) { send("STATUS=\(LogText.escaped(status))") }

    func alive() { send("WATCHDOG=1") }

    func stopping() { send("STOPPING=1\nSTATUS=finishing what is open", patience: Self.patience) }

    /// In seconds, for what is said once: the manager's queue may be full.
    private static let patience = 2

    /// Waits at most so long: a manager that does not listen is no reason to stop serving.
    private func send(_ text: String, patience: Int = 0) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var timeout = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let flags = Int32(MSG_NOSIGNAL) | (patience == 0 ? Int32(MSG_DONTWAIT) : 0)
        let bytes = Array(text.utf8)
        _ = address.with { pointer, length in
            sendto(descriptor, bytes, bytes.count, flags, pointer, length)
        }
    }
}
