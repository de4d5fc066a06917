import AlmanacModel
import AlmanacReplica
import Glibc

/// Files that are written beside their places and appear there when all are whole and on disk, or not at all.
///
/// A power cut while they take their places may leave some of them; the last one added then is not there, nor an older one in its
/// place.
final class StagedFiles {
    /// How bytes are written, as `write(2)` does.
    typealias SystemWrite = (Int32, UnsafeRawPointer?, Int) -> Int

    private let isForced: Bool
    private let write: SystemWrite
    private var files: [StagedFile] = []
    private var madeDirectory: String?

    /// `isForced`: files that are there are replaced.
    init(isForced: Bool, write: @escaping SystemWrite = { Glibc.write($0, $1, $2) }) {
        self.isForced = isForced
        self.write = write
    }

    /// Makes a directory unless it is there.
    func makeDirectory(_ path: String) throws {
        if mkdir(path, 0o777) == 0 {
            madeDirectory = path
        } else if errno != EEXIST || !SystemFile.isDirectory(path) {
            throw FileSync.Failure(call: "mkdir", path: path, code: errno)
        }
    }

    /// Begins a file. Throws when there is one of that name that must not be replaced.
    func add(_ path: String) throws -> StagedFile {
        try checkPlace(path)
        let file = try StagedFile(path, write: write)
        files.append(file)
        return file
    }

    /// All files take their places, in the order in which they were added. `placing` is the last step before.
    func commit(placing: () throws -> Void = {}) throws {
        for file in files { try file.finish() }
        for file in files { try checkPlace(file.path) }
        try placing()
        if isForced, files.count > 1, let last = files.last { try FileSync.remove(last.path) }
        for file in files { try file.takePlace() }
        files = []
        madeDirectory = nil
    }

    /// Takes away what has not got its place.
    func discard() {
        for file in files { file.discard() }
        files = []
        if let madeDirectory { rmdir(madeDirectory) }
        madeDirectory = nil
    }

    private func checkPlace(_ path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard isForced else { throw ClientError.outputExists(path: path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ClientError.usage("\(path) is not a plain file, so it is not written over.")
        }
    }
}
