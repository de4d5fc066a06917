import AlmanacReplica
import Glibc

/// Files of keys and certificates, read at once.
enum SmallFile {
    private static let maximumByteCount = 65_536

    static func text(_ path: String, check: (stat) throws -> Void = { _ in }) throws -> String {
        String(decoding: try bytes(path, check: check), as: UTF8.self)
    }

    /// The check sees the file that is read, whatever its name may mean a moment later.
    static func bytes(_ path: String, check: (stat) throws -> Void = { _ in }) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileSync.Failure(call: "open", path: path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileSync.Failure(call: "stat", path: path, code: errno) }
        try check(status)
        return try readAll(descriptor, path)
    }

    private static func readAll(_ descriptor: Int32, _ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while bytes.count < maximumByteCount {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileSync.Failure(call: "read", path: path, code: errno) }
            if count == 0 { break }
            bytes += piece.prefix(count)
        }
        return bytes
    }
}
