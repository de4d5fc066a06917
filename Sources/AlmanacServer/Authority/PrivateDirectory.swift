import AlmanacReplica
import Glibc

/// Directories whose content is their owner's alone.
enum PrivateDirectory {
    /// Makes the directory, and those above it that are missing, with mode 0700. One that is there stays as it is.
    static func make(_ path: String) throws {
        guard mkdir(path, 0o700) != 0 else { return }
        switch errno {
        case EEXIST: return
        case ENOENT:
            guard let parent = parent(of: path) else { throw FileSync.Failure(call: "mkdir", path: path, code: ENOENT) }
            try make(parent)
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
                throw FileSync.Failure(call: "mkdir", path: path, code: errno)
            }
        default: throw FileSync.Failure(call: "mkdir", path: path, code: errno)
        }
    }

    private static func parent(of path: String) -> String? {
        let trimmed = path.last == "/" ? Substring(path).dropLast() : Substring(path)
        guard let slash = trimmed.lastIndex(of: "/"), slash > trimmed.startIndex else { return nil }
        return String(trimmed[..<slash])
    }
}
