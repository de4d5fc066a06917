import AlmanacReplica
import Glibc

/// Private keys on disk: readable by their owner alone, and refused otherwise.
enum KeyFile {
    /// What is wrong with a key's file.
    struct TooOpen: Error, Equatable, CustomStringConvertible {
        let path: String

        var description: String { "\(path) can be read by others than its owner: chmod 600 \(path)" }
    }

    /// Fails if there is anything at this path: a key is never overwritten.
    static func create(_ text: String, at path: String) throws {
        try FileSync.createPrivate(path)
        do {
            try FileSync.write(Array(text.utf8), to: path, mode: 0o600)
        } catch {
            try? FileSync.remove(path)
            throw error
        }
    }

    static func read(_ path: String) throws -> String {
        try SmallFile.text(path) { status in
            guard status.st_mode & 0o077 == 0 else { throw TooOpen(path: path) }
        }
    }
}
