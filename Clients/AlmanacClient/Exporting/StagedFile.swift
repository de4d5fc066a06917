import AlmanacModel
import AlmanacReplica
import Glibc

/// A file that is written under a name of its own, in the directory of its place.
final class StagedFile {
    let path: String
    private let temporary: String
    private let write: StagedFiles.SystemWrite
    private var descriptor: Int32?
    private var pending: [UInt8] = []

    private static let pieceSize = 262_144

    init(_ path: String, write: @escaping StagedFiles.SystemWrite) throws {
        self.path = path
        self.write = write
        let (directory, name) = Self.parts(path)
        temporary = "\(directory)/.\(name).\(Hex.encode((0..<6).map { _ in UInt8.random(in: 0...255) })).tmp"
        let opened = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard opened >= 0 else { throw FileSync.Failure(call: "open", path: temporary, code: errno) }
        descriptor = opened
    }

    private static func parts(_ path: String) -> (directory: Substring, name: Substring) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path[...]) }
        return (path[..<slash], path[path.index(after: slash)...])
    }

    func append(_ text: String) throws {
        pending += text.utf8
        if pending.count >= Self.pieceSize { try flush() }
    }

    /// Everything is on disk when this returns.
    func finish() throws {
        try flush()
        guard let descriptor else { return }
        guard fsync(descriptor) == 0 else { throw failure("fsync") }
        self.descriptor = nil
        guard close(descriptor) == 0 else { throw failure("close") }
    }

    func takePlace() throws { try FileSync.rename(temporary, to: path) }

    func discard() {
        if let descriptor { close(descriptor) }
        descriptor = nil
        unlink(temporary)
    }

    private func flush() throws {
        guard let descriptor else { return }
        var rest = pending[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write") }
            rest = rest.dropFirst(count)
        }
        pending.removeAll(keepingCapacity: true)
    }

    private func failure(_ call: String) -> FileSync.Failure { FileSync.Failure(call: call, path: path, code: errno) }
}
