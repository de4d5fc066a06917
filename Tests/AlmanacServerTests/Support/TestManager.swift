import Dispatch
import Glibc
import Synchronization
import Testing

@testable import AlmanacServer

/// Listens as a service manager does: takes what comes at once, so that the system's short queue is never full.
final class TestManager: Sendable {
    private let descriptor: Int32
    private let inbox = Inbox()

    private final class Inbox: Sendable {
        let messages = Mutex<[String]>([])
    }

    /// At a path, or at an abstract name behind `@`.
    init(_ notation: String) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        self.descriptor = descriptor
        let address = try #require(UnixAddress(notation: notation))
        guard address.with({ bind(descriptor, $0, $1) }) == 0 else { throw Unexpected(String(cString: strerror(errno))) }
        DispatchQueue(label: "manager").async { [inbox] in
            var buffer = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                let message = String(decoding: buffer.prefix(count), as: UTF8.self)
                inbox.messages.withLock { $0.append(message) }
            }
            close(descriptor)
        }
    }

    /// The reader sees the end, and closes.
    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// The next message, nil if none has come.
    func next() -> String? { inbox.messages.withLock { $0.isEmpty ? nil : $0.removeFirst() } }

    /// The next that contains this; what comes before it is dropped.
    func wait(for text: String) async throws -> String {
        while true {
            if let message = next() {
                if message.contains(text) { return message }
            } else {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}
