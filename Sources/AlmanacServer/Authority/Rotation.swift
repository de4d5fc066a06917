import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Foundation
import Glibc

/// Replaces the keys of the server's daily work by new ones that the root key delegates to.
///
/// The new keys are written beside the old ones; then the chain, one file, is replaced, and from that moment the new ones count. A
/// crash before it leaves the old keys, a crash after it the new ones, and the next rotation removes what belongs to neither.
public struct Rotation: Sendable {
    /// Why nothing was rotated.
    public enum Refusal: Error, Equatable, CustomStringConvertible {
        case noRootKey(String)
        case notTheRoot(String)
        case numberTooLow(UInt64, current: UInt64)
        /// The new keys would be somebody else's, whom the server is not.
        case notTheOwner(String)

        public var description: String {
            switch self {
            case .noRootKey(let path): "there is no root key in \(path): name its file by --root-key"
            case .notTheRoot(let path): "\(path) is not the root key of this dataset"
            case .notTheOwner(let path): "\(path) belongs to another user: rotate as that user (sudo -u almanacd)"
            case .numberTooLow(let number, let current): "--number \(number) is not above \(current), the current delegation's"
            }
        }
    }

    /// What counts from now on.
    public struct Outcome: Equatable, Sendable {
        public let number: UInt64
        public let former: UInt64
        public let until: Instant
    }

    public let directory: DataDirectory
    public let rootKeyPath: String
    /// The number of the new delegations; nil for the next.
    public let number: UInt64?
    /// Called before each step that changes something durably: tests stop there.
    let beforeStep: @Sendable (String) throws -> Void

    public init(directory: DataDirectory, rootKeyPath: String? = nil, number: UInt64? = nil) {
        self.init(directory: directory, rootKeyPath: rootKeyPath, number: number) { _ in }
    }

    init(
        directory: DataDirectory, rootKeyPath: String? = nil, number: UInt64? = nil,
        beforeStep: @escaping @Sendable (String) throws -> Void
    ) {
        self.directory = directory
        self.rootKeyPath = rootKeyPath ?? directory.rootKey
        self.number = number
        self.beforeStep = beforeStep
    }

    /// Needs neither of the keys that it replaces. Rotations that race come one after the other.
    public func run(by actor: AuditActor, at now: Instant) throws -> Outcome {
        try requireOwner()
        let store = try directory.openStore()
        defer { try? store.close() }
        let (rootKey, root) = try takeUpRoot()
        let (dataset, name) = (try store.head().dataset, try store.name())
        var outcome: Outcome?
        try store.note {
            let former = try currentNumber()
            let next = try nextNumber(after: former)
            try LeftOverKeys(directory: directory, current: former).remove()
            let keys = try DelegatedKeys(by: root, rootKey, dataset: dataset, name: name, number: next, now: now)
            try write(keys)
            outcome = Outcome(number: next, former: former, until: keys.chain.checkpointKey.statement.until)
            return AuditEntry(rotationTo: keys.chain, by: actor, at: now)
        } deciding: {
            try beforeStep(directory.chain)
            try FileSync.rename(pendingChain, to: directory.chain)
            try beforeStep("history")
        }
        guard let outcome else { throw AuthorityKeys.Refusal.doNotMatch(directory: directory.keys) }
        try beforeStep("old keys")
        try LeftOverKeys(directory: directory, current: outcome.number).remove()
        return outcome
    }

    private func requireOwner() throws {
        try directory.requireDataset()
        var status = stat()
        guard stat(directory.keys, &status) == 0 else {
            throw FileSync.Failure(call: "stat", path: directory.keys, code: errno)
        }
        guard status.st_uid == geteuid() else { throw Refusal.notTheOwner(directory.keys) }
    }

    private var pendingChain: String { directory.chain + ".new" }

    private func takeUpRoot() throws -> (Ed25519PrivateKey, RootAuthority) {
        guard FileManager.default.fileExists(atPath: rootKeyPath) else { throw Refusal.noRootKey(rootKeyPath) }
        let key = try AuthorityKeys.read(rootKeyPath) { try Ed25519PrivateKey(pem: KeyFile.read($0)) }
        let certificate = try AuthorityKeys.read(directory.rootCertificate) { try Certificate(pem: SmallFile.text($0)) }
        guard certificate.ed25519PublicKey == key.publicKey else { throw Refusal.notTheRoot(rootKeyPath) }
        return (key, try RootAuthority(certificate: certificate, key: key))
    }

    /// The higher one, where the two delegations have different numbers.
    private func currentNumber() throws -> UInt64 {
        let chain = try AuthorityKeys.readChain(directory)
        return max(chain.certificateAuthority.statement.number, chain.checkpointKey.statement.number)
    }

    private func nextNumber(after current: UInt64) throws -> UInt64 {
        let (next, overflow) = current.addingReportingOverflow(1)
        guard let number else {
            guard !overflow else { throw WireError.outOfRange("number of a delegation") }
            return next
        }
        guard number > current else { throw Refusal.numberTooLow(number, current: current) }
        return number
    }

    /// Everything is durable when this returns, and nothing of it counts yet.
    private func write(_ keys: DelegatedKeys) throws {
        for (path, key) in try keys.privateKeys(in: directory) {
            try beforeStep(path)
            try KeyFile.create(key, at: path)
        }
        let (path, content) = try keys.certificateFile(in: directory)
        try beforeStep(path)
        try FileSync.write(content, to: path, mode: 0o644)
        try beforeStep(pendingChain)
        try FileSync.write(keys.chain.encoded, to: pendingChain, mode: 0o644)
    }
}

extension AuditEntry {
    /// The same chain always makes the same detail.
    init(rotationTo chain: DelegationChain, by actor: AuditActor, at time: Instant) {
        let delegation = chain.checkpointKey.statement
        self.init(
            time: time, actor: actor, act: .rotated, person: nil,
            detail: "delegation \(delegation.number), until \(delegation.until)")
    }
}
