import AlmanacReplica
import AlmanacTransport
import Glibc

/// Where the secrets of TLS connections are written for a packet analyser, a line each in the format of NSS key logs. Whoever reads
/// the file reads the traffic: it is the user's alone.
public final class KeyLogFile: Sendable {
    private let descriptor: Int32

    /// Appends to what is there.
    public init(path: String) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SystemFailure.last("open", path) }
        self.descriptor = descriptor
    }

    /// In one write, so that lines of several connections do not mix. What cannot be written is not worth a connection.
    func add(_ line: String) {
        let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    deinit { close(descriptor) }
}
