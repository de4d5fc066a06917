import AlmanacModel
import GRDB

/// What can be wrong with an outbox, or with what is asked of it.
public enum OutboxError: Error, Equatable {
    /// The file holds what was never written into it; the text says where.
    case damaged(path: String, String)
    /// A file of a newer program.
    case newerFormat(path: String, found: Int, known: Int)
    /// Not a file of this kind.
    case notAnOutbox(path: String)
    /// The file or its directory does not let itself be opened; the text is the system's.
    case cannotOpen(path: String, String)
    /// There is no room; nothing of the change was saved.
    case full(path: String)
    /// The file cannot be written to; nothing of the change was saved. The text is the system's.
    case cannotWrite(path: String, String)
    /// An operation that no push can carry.
    case tooLarge(ByteCount, cap: ByteCount)
    /// There is another operation of this id.
    case otherContent(UniqueID)
    case unknown(UniqueID)
    /// It was sent, and the authority may have applied it: only its receipt tells.
    case sentAlready(UniqueID)
    /// The authority has applied it.
    case applied(UniqueID)
    /// Only what was rejected can be tried again.
    case notRejected(UniqueID)
    /// It was tried again as this one.
    case retriedAlready(UniqueID, as: UniqueID)
    /// Others that wait are about what it makes.
    case needed(UniqueID, by: [UniqueID])
}

extension OutboxError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .damaged(let path, let what): "the file of what was written here, \(path), is damaged: \(what)"
        case .newerFormat(let path, let found, let known):
            "\(path) has format \(found), and this program knows formats up to \(known): install a newer one"
        case .notAnOutbox(let path): "\(path) is not an Almanac outbox"
        case .cannotOpen(let path, let why): "\(path) cannot be opened: \(why)"
        case .full: "the disk is full, and the change was not saved"
        case .cannotWrite(let path, let why): "\(path) cannot be written to, and the change was not saved: \(why)"
        case .tooLarge(let size, let cap): "the change takes \(size), and one change may take \(cap)"
        case .otherContent(let id): "there is another change with the id \(id)"
        case .unknown(let id): "there is no change \(id) in the outbox"
        case .sentAlready(let id):
            "change \(id) was sent, and the authority may have applied it: sync to learn what became of it, and undo it then"
        case .applied(let id): "change \(id) is applied already: undo it by another change"
        case .notRejected(let id): "change \(id) was not rejected, so there is nothing to try again"
        case .retriedAlready(let id, let other): "change \(id) was tried again already, as \(other)"
        case .needed(let id, let others):
            "change \(id) makes what others are about: drop \(others.map(\.description).joined(separator: ", ")) first"
        }
    }

    /// What an error of SQLite means for a file of what somebody has written.
    init(_ error: DatabaseError, path: String) {
        let message = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        self =
            switch error.resultCode {
            case .SQLITE_NOTADB, .SQLITE_CORRUPT: .damaged(path: path, message)
            case .SQLITE_FULL: .full(path: path)
            case .SQLITE_CANTOPEN, .SQLITE_PERM: .cannotOpen(path: path, message)
            default: .cannotWrite(path: path, message)
            }
    }
}
