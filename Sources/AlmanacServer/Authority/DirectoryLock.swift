import AlmanacReplica
import Glibc

/// The kernel's lock on a data directory: held as long as this object lives, and by nobody after a crash.
public final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// Somebody else serves this directory.
    public struct Held: Error, Equatable, CustomStringConvertible {
        public let path: String

        public var description: String { "another server is serving this directory (it holds \(path)); stop it first" }
    }

    public init(_ path: String) throws { descriptor = try Self.locked(path) }

    deinit { close(descriptor) }

    /// Outside the initialiser, which would close a descriptor that it has stored also when it throws.
    private static func locked(_ path: String) throws -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileSync.Failure(call: "open", path: path, code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            // The descriptor is closed by deinit, which runs although the initialiser throws.
            let code = errno
            throw code == EWOULDBLOCK ? Held(path: path) : FileSync.Failure(call: "flock", path: path, code: code)
        }
        return descriptor
    }
}
