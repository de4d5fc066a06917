import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Glibc
import NIOConcurrencyHelpers

/// The keys with which a running server works now: those of its directory, taken over again when they were rotated.
final class KeyKeeper: Sendable {
    /// What has become of the keys.
    enum Change: Equatable {
        /// Others count: those of the delegation of this number.
        case rotated(UInt64)
        /// The server has a new certificate of the same authority.
        case renewed
    }

    private let directory: DataDirectory
    private let signatureRenewal: Duration
    private let state: NIOLockedValueBox<State>

    private struct State {
        var serving: ServingKeys
        var stamp: Stamp
    }

    init(_ directory: DataDirectory, signatureRenewal: Duration = .seconds(60), now: Instant) throws {
        self.directory = directory
        self.signatureRenewal = signatureRenewal
        // First: what changes meanwhile is looked at again.
        let stamp = try Stamp(directory.chain)
        let keys = try AuthorityKeys.load(directory)
        let signer = CheckpointSigner(keys, renewal: signatureRenewal)
        state = NIOLockedValueBox(State(serving: try ServingKeys(keys, signer: signer, now: now), stamp: stamp))
    }

    var current: ServingKeys { state.withLockedValue(\.serving) }

    /// Takes over what is new; nil if nothing is. An error leaves everything as it was. For one caller at a time.
    func refresh(now: Instant) throws -> Change? {
        let (serving, known) = state.withLockedValue { ($0.serving, $0.stamp) }
        let stamp = try Stamp(directory.chain)
        if stamp != known {
            let keys = try AuthorityKeys.load(directory)
            guard keys.chain == serving.keys.chain else { return try take(keys, stamp, now) }
            state.withLockedValue { $0.stamp = stamp }
        }
        guard serving.isDueForRenewal(at: now) else { return nil }
        let renewed = try ServingKeys(serving.keys, signer: serving.signer, now: now)
        // The authority may be so near its end that a new certificate would be no better.
        guard !renewed.isDueForRenewal(at: now) else { return nil }
        state.withLockedValue { $0.serving = renewed }
        return .renewed
    }

    private func take(_ keys: AuthorityKeys, _ stamp: Stamp, _ now: Instant) throws -> Change {
        let signer = CheckpointSigner(keys, renewal: signatureRenewal)
        let serving = try ServingKeys(keys, signer: signer, now: now)
        state.withLockedValue { $0 = State(serving: serving, stamp: stamp) }
        return .rotated(keys.chain.checkpointKey.statement.number)
    }
}

/// What tells one version of a file from another without reading it.
private struct Stamp: Equatable {
    private let inode: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    init(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileSync.Failure(call: "stat", path: path, code: errno) }
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
}
