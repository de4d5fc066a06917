import AlmanacModel
import AlmanacReplica

/// What stops a command on this side of the network.
public enum ClientError: Error, Equatable, Sendable {
    /// The environment names no home directory.
    case noHome
    /// Nothing was ever enrolled here.
    case notEnrolled
    case unknownContext(ContextName, known: [ContextName])
    case invalidContextName(String)
    /// Several contexts, and nothing says which.
    case noContextChosen([ContextName])
    case contextExists(ContextName)
    case invalidLink(InvitationLink.Problem)
    /// A private file that others may read or write.
    case keyTooOpen(path: String, mode: UInt32)
    /// A private file that belongs to another user or is no plain file.
    case keyNotOurs(path: String)
    /// A file of a context that is not as it was written; the text says how.
    case contextDamaged(path: String, String)
    case noReplica(ContextName)
    /// The authority has shut this device out; what was written here and not sent is kept.
    case revoked(ContextName, unsent: Int)
    /// A context whose unsent work is another person's than the one an invitation is for.
    case contextOfOther(ContextName, person: String)
    case syncing(ContextName)
    /// The certificate that came is not for this device, or not from this authority; the text says why.
    case certificateRefused(String)
    case certificateExpired(Instant)
    /// Other data than the pinned authority's; the text says what was found.
    case notTheAuthority(String)
    /// Even a full copy is not what the authority signed.
    case fullCopyFailed(String)
    /// What a scrub found.
    case notAsSigned([String])
    /// The authority signed two states under one number; both signatures are in the file.
    case equivocation(Sequence, evidence: String)
    case noDeviceName
    case declined
    case unknownCollection(String, near: String?, known: [String])
    /// A file that an export would write over.
    case outputExists(path: String)
    /// Before anything was written to its place.
    case interrupted
    /// The outbox holds what would be lost with the context.
    case unsentWork(ContextName, OutboxCounts)
    case usage(String)
    case outputFailed(String)
}

extension ClientError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noHome: "HOME is not set, so there is no place for the local files."
        case .notEnrolled: "This device is not enrolled anywhere."
        case .unknownContext(let name, let known): "There is no context \(name)\(Self.list(known))."
        case .invalidContextName(let text):
            "\"\(Visible.text(text))\" cannot name a context: up to 64 lower-case letters, digits and hyphens, not beginning with a hyphen."
        case .noContextChosen(let known): "Several contexts are enrolled, and none is chosen\(Self.list(known))."
        case .contextExists(let name): "There is a context \(name) already."
        case .invalidLink(let problem): problem.description
        case .keyTooOpen(let path, let mode):
            "The file \(path) may be used by others (mode \(String(mode, radix: 8))), and it is this device's private key."
        case .keyNotOurs(let path):
            "The file \(path) is not a plain file of this user, and it should be this device's private key."
        case .contextDamaged(let path, let what): "The file \(path) cannot be used: \(what)."
        case .noReplica(let name): "There is no local copy for context \(name) yet: run almanac sync."
        case .revoked(_, let unsent):
            "No longer enrolled: this device was revoked, and its local copy was removed."
                + (unsent > 0 ? " \(Words.count(unsent, "unsent change")) \(unsent == 1 ? "is" : "are") kept." : "")
        case .contextOfOther(let name, let person):
            "Context \(name) holds what \(Visible.text(person)) has written, and the invitation is for somebody else."
        case .syncing(let name): "Another process is syncing context \(name)."
        case .certificateRefused(let why): "The certificate that the server issued is refused: \(why)."
        case .certificateExpired(let date): "This device's certificate ended on \(date)."
        case .notTheAuthority(let what): what
        case .fullCopyFailed(let what): "A full copy was fetched, and it is not what the authority signed either: \(what)."
        case .notAsSigned(let findings): "The local copy is not what the authority signed: \(findings.joined(separator: "; "))."
        case .equivocation(let sequence, let evidence):
            "The authority signed two different states as \(sequence). Neither is believed; both signatures are kept in \(evidence)."
        case .noDeviceName: "This machine's name cannot name the device: 1 to 64 bytes without control characters are needed."
        case .declined: "Nothing was changed."
        case .unknownCollection(let name, let near, let known): Self.unknown(name, near, known)
        case .outputExists(let path): "The file \(path) is there already."
        case .interrupted: "Interrupted. Nothing was written."
        case .unsentWork(let name, let counts):
            "Context \(name) holds \(Words.count(counts.unsettled + counts.rejected, "change")) that the authority has not taken."
        case .usage(let sentence): sentence
        case .outputFailed(let why): "The output could not be written: \(why)."
        }
    }

    private static func unknown(_ name: String, _ near: String?, _ known: [String]) -> String {
        let rest = near.map { "did you mean \($0)?" } ?? "there are: \(known.joined(separator: ", "))"
        return "There is no collection \"\(Visible.text(name))\"; \(rest)"
    }

    private static func list(_ known: [ContextName]) -> String {
        known.isEmpty ? "" : "; there are \(known.map(\.rawValue).joined(separator: ", "))"
    }

    /// What to do about it, if that is known.
    public var advice: String? {
        switch self {
        case .notEnrolled: "almanac enrol LINK"
        case .unknownContext, .noContextChosen: "--context NAME, or almanac context use NAME"
        case .contextExists: "--context with another name, or almanac forget first"
        case .keyTooOpen(let path, _): "chmod 600 \(path)"
        case .revoked(let name, let unsent):
            (unsent > 0 ? "almanac outbox export; " : "") + "with a new invitation, almanac enrol LINK --context \(name)"
        case .contextOfOther: "the same link again, with another --context"
        case .syncing: "wait for it to end"
        case .certificateExpired: "ask for a new invitation, then almanac enrol LINK"
        case .noDeviceName: "--device NAME"
        case .notAsSigned: "almanac sync --full"
        case .unsentWork: "almanac sync, or almanac outbox, or forget with --unsent to lose them"
        case .outputExists: "another file, or --force to write over it"
        default: nil
        }
    }
}
