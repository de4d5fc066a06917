import AlmanacReplica
import Glibc

/// Overwrites files before they are removed. On most disks that is hygiene, not protection: only disk encryption protects.
enum FileShredder {
    /// It is no error if there is no such file.
    static func remove(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        if descriptor >= 0 {
            defer { Glibc.close(descriptor) }
            try overwrite(descriptor, path)
        }
        try FileSync.remove(path)
    }

    private static func overwrite(_ descriptor: Int32, _ path: String) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemFailure.last("fstat", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { return }
        let zeros = [UInt8](repeating: 0, count: 65_536)
        var rest = Int(status.st_size)
        while rest > 0 {
            let written = write(descriptor, zeros, min(rest, zeros.count))
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw SystemFailure.last("write", path) }
            rest -= written
        }
        guard fsync(descriptor) == 0 else { throw SystemFailure.last("fsync", path) }
    }
}
