import Glibc

/// A lock of the kernel on a file: it ends with the process, however that ends, and never goes stale.
final class FileLock {
    private let descriptor: Int32

    /// Nil if another process holds it.
    init?(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SystemFailure.last("open", path) }
        var triesLeft = Self.tries
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            let failure = SystemFailure.last("flock", path)
            triesLeft -= 1
            if failure.code == EWOULDBLOCK, triesLeft > 0 {
                usleep(Self.pause)
                continue
            }
            Glibc.close(descriptor)
            if failure.code == EWOULDBLOCK { return nil }
            throw failure
        }
        self.descriptor = descriptor
    }

    /// A quarter of a second: a process that is just ending holds its lock that long, and so does a child of a process that has been
    /// forked and has not yet become another program.
    private static let tries = 5
    private static let pause: useconds_t = 50_000

    deinit { Glibc.close(descriptor) }
}
