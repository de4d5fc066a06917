import Foundation

/// A database file that is built beside its place and appears there when it is whole and on disk.
///
/// One process at a time may build for a path; who calls holds the lock of the directory.
struct NewDatabaseFile {
    let path: String

    private var newPath: String { path + ".new" }
    private static let companions = ["-wal", "-shm", "-journal"]

    /// The body fills the file of the path that it gets, which is there and empty, and closes it. On any error nothing is left of it,
    /// and what was in its place is untouched. `replacing` is the last step before the file takes its place.
    func build<Content>(_ body: (String) throws -> Content, replacing: () throws -> Void = {}) throws -> Content {
        try Self.remove(newPath)
        do {
            try FileSync.createPrivate(newPath)
            let content = try body(newPath)
            guard !FileManager.default.fileExists(atPath: newPath + "-wal") else {
                throw ReplicaError.damaged("SQLite did not bring its log into the new file")
            }
            try FileSync.sync(file: newPath)
            try replacing()
            // A log of another file must never meet this one.
            try Self.removeCompanions(of: newPath)
            try Self.removeCompanions(of: path)
            try FileSync.rename(newPath, to: path)
            return content
        } catch {
            // What went wrong first is what counts; the next attempt begins by removing these files again.
            try? Self.remove(newPath)
            throw error
        }
    }

    private static func remove(_ path: String) throws {
        try FileSync.remove(path)
        try removeCompanions(of: path)
    }

    private static func removeCompanions(of path: String) throws {
        for suffix in companions { try FileSync.remove(path + suffix) }
    }
}
