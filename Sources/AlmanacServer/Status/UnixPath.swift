import Glibc

/// A socket's path as the system takes it: at most 107 bytes. A longer one is reached through its open directory.
final class UnixPath: Sendable {
    let path: String
    private let directory: Int32?

    /// Nil if the directory is too far down and cannot be opened.
    init?(directory: String, name: String) {
        let whole = "\(directory)/\(name)"
        if whole.utf8.count <= Self.longest {
            (path, self.directory) = (whole, nil)
            return
        }
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        (path, self.directory) = ("/proc/self/fd/\(descriptor)/\(name)", descriptor)
    }

    deinit { if let directory { close(directory) } }

    private static let longest = 107
}
