import AlmanacReplica
import Foundation

/// Where everything of one authority lives.
public struct DataDirectory: Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    public var database: String { path + "/authority.sqlite" }
    /// Where a running server tells what it is doing.
    public static let statusSocketName = "status.sock"
    /// Held by the server that serves this directory, and by whoever founds a dataset in it.
    public var lock: String { path + "/serve.lock" }
    public var keys: String { path + "/keys" }
    /// The certificate authority's key and certificate under the delegation of this number, and the checkpoint key: a rotation makes
    /// new ones beside the old, and the chain says which count.
    public func authorityKey(_ number: UInt64 = 1) -> String { keys + "/authority\(Self.suffix(number)).key" }
    public func authorityCertificate(_ number: UInt64 = 1) -> String { keys + "/authority\(Self.suffix(number)).crt" }
    public func checkpointKey(_ number: UInt64 = 1) -> String { keys + "/checkpoint\(Self.suffix(number)).key" }
    private static func suffix(_ number: UInt64) -> String { number == 1 ? "" : "-\(number)" }
    public var rootCertificate: String { keys + "/root.crt" }
    /// The delegation chain, as it travels. It names the keys that count: replacing this one file is what rotates them.
    public var chain: String { keys + "/chain" }
    /// Where `init` leaves the root key unless told otherwise: to be moved off this machine.
    public var rootKey: String { keys + "/root.key" }

    public var isInitialised: Bool { FileManager.default.fileExists(atPath: database) }

    /// Throws ``NoDataset`` where none was founded.
    public func requireDataset() throws {
        guard isInitialised else { throw NoDataset(path: path) }
    }

    /// The dataset's store. Throws ``NoDataset`` where none was founded, and `ReplicaError` for a file that cannot be used.
    public func openStore() throws -> AuthorityDatabase {
        try requireDataset()
        return try AuthorityDatabase.open(existing: database)
    }
}

/// The directory holds no dataset.
public struct NoDataset: Error, Equatable, CustomStringConvertible {
    public let path: String

    public var description: String {
        "there is no dataset in \(path): name its directory by --data, or found one by almanacd init"
    }
}
