import AlmanacReplica
import Glibc

/// Small files and directories, read and made by system calls, so that every error says which call failed on what.
enum SystemFile {
    /// Larger files of a context are damaged.
    static let maximumByteCount = 1_048_576

    /// Nil if there is no such file.
    static func read(_ path: String) throws -> [UInt8]? {
        guard let descriptor = try openIfThere(path) else { return nil }
        defer { _ = Glibc.close(descriptor) }
        return try readAll(descriptor, path)
    }

    /// A file that only this user may touch. Nil if there is none; refused when anybody else may read or write it.
    static func readPrivate(_ path: String) throws -> [UInt8]? {
        guard let descriptor = try openIfThere(path) else { return nil }
        defer { _ = Glibc.close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemFailure.last("fstat", path) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else { throw ClientError.keyNotOurs(path: path) }
        let mode = UInt32(status.st_mode & 0o7777)
        guard mode & 0o077 == 0 else { throw ClientError.keyTooOpen(path: path, mode: mode) }
        return try readAll(descriptor, path)
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// With everything above it, for this user alone.
    static func makeDirectory(_ path: String) throws {
        if mkdir(path, 0o700) == 0 || errno == EEXIST && isDirectory(path) { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw SystemFailure.last("mkdir", path)
        }
        try makeDirectory(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw SystemFailure.last("mkdir", path) }
        try FileSync.sync(directory: String(path[..<slash]))
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a directory, sorted; none if there is no such directory.
    static func names(in path: String) throws -> [String] {
        guard let directory = opendir(path) else {
            if errno == ENOENT { return [] }
            throw SystemFailure.last("opendir", path)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func removeDirectory(_ path: String) throws {
        guard rmdir(path) == 0 || errno == ENOENT else { throw SystemFailure.last("rmdir", path) }
    }

    private static func openIfThere(_ path: String) throws -> Int32? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if descriptor >= 0 { return descriptor }
        if errno == ENOENT { return nil }
        if errno == ELOOP { throw ClientError.keyNotOurs(path: path) }
        throw SystemFailure.last("open", path)
    }

    private static func readAll(_ descriptor: Int32, _ path: String) throws -> [UInt8] {
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while content.count <= maximumByteCount {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemFailure.last("read", path) }
            if count == 0 { return content }
            content += piece.prefix(count)
        }
        throw ClientError.contextDamaged(path: path, "it has more than \(maximumByteCount) bytes")
    }
}
