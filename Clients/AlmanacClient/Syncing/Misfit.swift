import AlmanacReplica
import AlmanacWire
import GRDB

/// What was fetched does not fit what is here: the spool is discarded, and one full copy is fetched into a new file.
public enum Misfit: Error, Hashable, Sendable {
    /// Digests, records or the local file are not right; the text says what was found.
    case wrong(String)
    /// The authority has begun another epoch.
    case otherEpoch
    /// The server no longer knows what changed after the replica's cursor.
    case baseTooOld
    /// A stream of the replica does not exist any more, or may no longer be read.
    case streamGone

    /// Nil for errors that a full copy does not cure: a full disk, a server that lies.
    init?(_ error: any Error) {
        switch error {
        case let misfit as Misfit: self = misfit
        case let error as DigestMismatch: self = .wrong(error.description)
        case ReplicaError.deltaDoesNotFit, ReplicaError.damaged, ReplicaError.missing, ReplicaError.notAlmanac:
            self = .wrong(String(describing: error))
        case let error as WireError: self = .wrong("what was kept of an earlier try is damaged: \(error)")
        case let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode):
            self = .wrong("the local file is damaged: \(error.message ?? "SQLite cannot read it")")
        default: return nil
        }
    }
}

extension Misfit: CustomStringConvertible {
    public var description: String {
        switch self {
        case .wrong(let what): what
        case .otherEpoch: "the authority has begun another epoch"
        case .baseTooOld: "the local copy is older than what the server can tell the changes after"
        case .streamGone: "a stream that is here is gone, or may no longer be read by this device"
        }
    }
}
