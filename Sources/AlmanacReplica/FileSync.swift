#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Files that survive a power loss: written, synced, renamed, and the directory synced.
public enum FileSync {
    /// A system call that failed. An error of a sync is never tried again: what is on disk is unknown then.
    public struct Failure: Error, CustomStringConvertible, Equatable {
        public let call: String
        public let path: String
        public let code: Int32

        public init(call: String, path: String, code: Int32) {
            self.call = call
            self.path = path
            self.code = code
        }

        public var description: String { "\(path): \(call) failed: \(String(cString: strerror(code)))" }

        /// The disk or the user's quota is full.
        public var isFull: Bool { code == ENOSPC || code == EDQUOT }
    }

    /// Replaces a file's content atomically: a crash leaves the old content or the new. The file gets this mode, whatever the old
    /// one's was.
    public static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws {
        let temporary = path + ".tmp"
        try remove(temporary)
        do {
            try withNewFile(temporary, mode: mode) { descriptor in
                try writeAll(bytes, to: descriptor, temporary)
                try check(fsync(descriptor), "fsync", temporary)
            }
            try rename(temporary, to: path)
        } catch {
            _ = unlink(temporary)
            throw error
        }
    }

    /// Makes an empty file that its owner alone may read; an error if there is anything of that name. SQLite gives the files that it
    /// makes beside it the same mode.
    public static func createPrivate(_ path: String) throws {
        try withNewFile(path, mode: 0o600) { _ in }
    }

    /// Renames over whatever is there, and syncs the directory.
    public static func rename(_ path: String, to target: String) throws {
        try check(renameFile(path, target), "rename", path)
        try sync(directory: directory(of: target))
    }

    /// Gives a file another name as well, and syncs the directory; where there is anything of that name it stays as it is.
    static func linkIfFree(_ path: String, as name: String) throws {
        if link(path, name) != 0, errno != EEXIST { throw Failure(call: "link", path: path, code: errno) }
        try sync(directory: directory(of: name))
    }

    public static func sync(file path: String) throws {
        let descriptor = try check(open(path, O_RDONLY | O_CLOEXEC), "open", path)
        defer { _ = close(descriptor) }
        try check(fsync(descriptor), "fsync", path)
    }

    public static func sync(directory path: String) throws {
        let descriptor = try check(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open", path)
        defer { _ = close(descriptor) }
        try check(fsync(descriptor), "fsync", path)
    }

    /// Removes a file; it is no error if there is none.
    public static func remove(_ path: String) throws {
        if unlink(path) != 0, errno != ENOENT { throw Failure(call: "unlink", path: path, code: errno) }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func withNewFile(_ path: String, mode: mode_t, _ body: (Int32) throws -> Void) throws {
        let descriptor = try check(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode), "open", path)
        do {
            try body(descriptor)
        } catch {
            _ = close(descriptor)
            throw error
        }
        try check(close(descriptor), "close", path)
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { writeBytes(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            try check(Int32(clamping: written), "write", path)
            rest = rest.dropFirst(written)
        }
    }

    @discardableResult
    private static func check(_ result: Int32, _ call: String, _ path: String) throws -> Int32 {
        guard result >= 0 else { throw Failure(call: call, path: path, code: errno) }
        return result
    }
}

/// The system's functions, whose names are also those of ``FileSync``.
private func renameFile(_ path: String, _ target: String) -> Int32 { rename(path, target) }

private func writeBytes(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int { write(descriptor, start, count) }
