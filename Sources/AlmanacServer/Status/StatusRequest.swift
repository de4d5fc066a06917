import Glibc

/// Asks the server of a data directory what it is doing. Blocks, at most ``patience`` seconds.
public enum StatusRequest {
    static let patience = 5
    private static let answerLimit = 64 * 1_024

    /// What came of it.
    public enum Answer: Equatable, Sendable {
        case running(ServerStatus)
        /// Nobody listens.
        case notRunning
    }

    /// Somebody listens and cannot be understood, or nobody may be asked.
    public struct Failure: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    public static func ask(_ directory: DataDirectory) throws -> Answer {
        guard let path = UnixPath(directory: directory.path, name: DataDirectory.statusSocketName) else {
            return errno == ENOENT ? .notRunning : try fail(errno)
        }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return try fail(errno) }
        defer { close(descriptor) }
        var timeout = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        guard let address = UnixAddress(path: path.path) else { return try fail(ENAMETOOLONG) }
        guard address.with({ connect(descriptor, $0, $1) }) == 0 else {
            let code = errno
            return [ENOENT, ECONNREFUSED, ENOTDIR].contains(code) ? .notRunning : try fail(code)
        }
        return .running(try ServerStatus.decode(read(descriptor)))
    }

    private static func read(_ descriptor: Int32) throws -> [UInt8] {
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while answer.count <= answerLimit {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(description: "a server runs there and does not answer") }
            if count == 0 { break }
            answer += piece.prefix(count)
        }
        return answer
    }

    private static func fail(_ code: Int32) throws -> Answer {
        throw Failure(
            description: "the server cannot be asked: \(reason(code)); run this as the user that owns the data directory")
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
