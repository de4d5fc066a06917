import Glibc

/// The file descriptors that this process may have open.
enum Descriptors {
    /// Kept for files, event loops and whoever asks for metrics.
    static let reserve = 128

    /// As many as the system allows at all.
    static func raiseLimit() {
        guard var limit = current, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Nil where the system does not say.
    static var limit: Int? { current.map { Int(clamping: $0.rlim_cur) } }

    /// How many connections fit beside everything else.
    static var roomForConnections: Int { max(1, (limit ?? .max) - reserve) }

    private static var current: rlimit? {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? limit : nil
    }
}
