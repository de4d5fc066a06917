import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Foundation

/// Founds a dataset: its keys, its delegations, its first epoch, and an empty store.
public struct Founding: Sendable {
    /// How long what the root key signs is valid.
    public static let delegationLifetime: Duration = .seconds(2 * 365 * 86_400)
    public static let rootLifetime: Duration = .seconds(20 * 365 * 86_400)

    /// Why nothing was founded.
    public enum Refusal: Error, Equatable, CustomStringConvertible {
        case exists(String)
        case fileExists(String)
        case rootKeyExists(String)

        public var description: String {
            switch self {
            case .exists(let path): "there is a dataset in \(path) already"
            case .fileExists(let path):
                "\(path) exists already, and no dataset beside it: an init was cut short, or the store is gone; move it away first"
            case .rootKeyExists(let path):
                "\(path) exists already, and a root key is never overwritten: name another file by --root-key, or move it away"
            }
        }
    }

    public let directory: DataDirectory
    public let name: String
    /// Where the root key goes.
    public let rootKeyPath: String

    public init(directory: DataDirectory, name: String, rootKeyPath: String?) {
        self.directory = directory
        self.name = name
        self.rootKeyPath = rootKeyPath ?? directory.rootKey
    }

    /// Founds the dataset and returns the root's fingerprint, which every invitation pins. The store is made last: a directory
    /// without it was never founded. What a failure leaves undone is removed again.
    public func found(now: Instant) throws -> Hash32 {
        guard !directory.isInitialised else { throw Refusal.exists(directory.path) }
        try PrivateDirectory.make(directory.path)
        let lock = try DirectoryLock(directory.lock)
        defer { withExtendedLifetime(lock) {} }
        try refuseExistingFiles()
        try PrivateDirectory.make(directory.keys)
        var made: [String] = []
        do {
            return try make(now: now, noting: &made)
        } catch {
            for path in made { try? FileSync.remove(path) }
            throw error
        }
    }

    private func refuseExistingFiles() throws {
        guard !directory.isInitialised else { throw Refusal.exists(directory.path) }
        guard !FileManager.default.fileExists(atPath: rootKeyPath) else { throw Refusal.rootKeyExists(rootKeyPath) }
        for path in [
            directory.authorityKey(), directory.checkpointKey(), directory.authorityCertificate(), directory.rootCertificate,
            directory.chain,
        ] where FileManager.default.fileExists(atPath: path) {
            throw Refusal.fileExists(path)
        }
    }

    private func make(now: Instant, noting made: inout [String]) throws -> Hash32 {
        guard let dataset = UniqueID(random: try SecureRandom.bytes(UniqueID.byteCount)) else {
            throw WireError.outOfRange("random bytes")
        }
        let keys = try FoundingKeys(dataset: dataset, name: name, now: now)
        for (path, key) in [(rootKeyPath, try keys.rootKey.pem)] + (try keys.delegated.privateKeys(in: directory)) {
            try KeyFile.create(key, at: path)
            made.append(path)
        }
        for (path, content) in try keys.publicFiles(in: directory) {
            made.append(path)
            try FileSync.write(content, to: path, mode: 0o644)
        }
        let identity = AuthorityDatabase.Identity(
            dataset: dataset, epoch: Epoch(UInt64(clamping: now.milliseconds)), name: name)
        try AuthorityDatabase.create(path: directory.database, identity: identity, time: now).close()
        return try Hash32(hashing: keys.rootKey.publicKey.bytes)
    }
}
