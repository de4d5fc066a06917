import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire
import GRDB

/// What a person and a script are told of an error: the one place where errors become sentences and exit statuses.
public struct FailureReport: Hashable, Sendable {
    public let status: ExitStatus
    /// One or more whole sentences.
    public let sentence: String
    /// What to do, if that is known: a command, or a few words.
    public let advice: String?

    init(_ status: ExitStatus, _ sentence: String, advice: String? = nil) {
        self.status = status
        self.sentence = Self.capitalised(sentence)
        self.advice = advice
    }

    public init(_ error: any Error) {
        switch error {
        case let error as ClientError: self.init(error.status, error.description, advice: error.advice)
        case let error as SessionFailure: self.init(error)
        case let error as ConnectError: self.init(error)
        case let error as TLSError: self.init(error)
        case let error as CheckpointVerifier.Refusal: self.init(.notSigned, "\(error).", advice: Self.distrust)
        case let error as ReceiptVerifier.Refusal: self.init(.notSigned, "\(error).", advice: Self.distrust)
        case let error as ReceiptFlaw: self.init(.notSigned, "\(error).", advice: Self.distrust)
        case let error as Trust.Refusal: self.init(.notSigned, "\(error).", advice: Self.distrust)
        case let error as Misfit: self.init(.notSigned, "\(error).")
        case let error as any ReportedFailure:
            self.init(error.status, Visible.text(error.sentence), advice: error.advice.map(Visible.text))
        case let error as RawQuery.Failure: self.init(.failed, error.description)
        default: self.init(local: error)
        }
    }

    /// What tries again what a network or a server has prevented.
    static let retry = "almanac sync"

    /// The same for another command than a sync.
    public func retrying(by command: String) -> FailureReport {
        advice == Self.retry ? FailureReport(status, sentence, advice: command) : self
    }

    /// The same where something that was written here is not sent yet: what is safe is named, not promised.
    public func keeping(_ unsent: Int) -> FailureReport {
        guard status == .offline, unsent > 0 else { return self }
        let safe = "\(Words.count(unsent, "change")) \(unsent == 1 ? "is" : "are") safe here."
        guard let range = sentence.ranges(of: "Nothing is lost").last else {
            return FailureReport(status, "\(sentence) \(safe)", advice: advice)
        }
        let rest = sentence[range.upperBound...].drop { $0 != "," && $0 != "." }
        // What follows a comma there is said of the pull.
        return FailureReport(status, "\(sentence[..<range.lowerBound])\(safe.dropLast())\(rest)", advice: advice)
    }

    private static let distrust = "ask whoever runs the authority before you rely on it"

    private static func capitalised(_ sentence: String) -> String {
        let word = sentence.prefix { !$0.isWhitespace }
        // A file, or a host.
        guard let first = sentence.first, !word.dropLast().contains(where: { "/:.".contains($0) }), word.last != ":" else {
            return sentence
        }
        return first.uppercased() + sentence.dropFirst()
    }
}

// MARK: - This side

extension ClientError {
    var status: ExitStatus {
        switch self {
        case .notEnrolled, .keyTooOpen, .keyNotOurs, .certificateExpired, .revoked: .notAllowed
        case .notTheAuthority, .fullCopyFailed, .notAsSigned, .certificateRefused, .equivocation: .notSigned
        case .noReplica: .noReplica
        case .syncing: .busy
        case .invalidLink, .invalidContextName, .usage, .noDeviceName, .noContextChosen, .unknownContext,
            .unknownCollection:
            .usage
        case .noHome, .contextExists, .contextOfOther, .contextDamaged, .declined, .outputFailed, .outputExists, .unsentWork:
            .failed
        case .interrupted: .interrupted
        }
    }
}

extension FailureReport {
    private init(local error: any Error) {
        switch error {
        case let error as FileSync.Failure where error.isFull:
            self.init(.failed, Self.full, advice: "free some space, then again")
        case let error as FileSync.Failure: self.init(.failed, "\(error).")
        case let error as SystemFailure: self.init(.failed, error.description)
        case let error as DatabaseError: self.init(error)
        case let error as OutboxError: self.init(error)
        case ReplicaError.damaged, ReplicaError.notAlmanac:
            self.init(.notSigned, "\(error).", advice: "almanac sync fetches a new copy")
        case ReplicaError.newerFormat: self.init(.versions, "\(error).")
        case let error as ReplicaError: self.init(.failed, "\(error).")
        case let error as CryptoError: self.init(.failed, "\(error).")
        case let error as TLSConfigurationError: self.init(.failed, error.description)
        case let error as WireError: self.init(.failed, error.description)
        default: self.init(.failed, String(describing: error))
        }
    }

    private static let full = "The disk is full. Nothing is lost."

    private init(_ error: OutboxError) {
        let sentence = "\(error)."
        switch error {
        case .full: self.init(.failed, sentence, advice: "free some space, then again")
        case .cannotWrite, .cannotOpen: self.init(.failed, sentence, advice: "make its directory writable, then again")
        case .newerFormat: self.init(.versions, sentence)
        case .damaged: self.init(.failed, sentence, advice: "keep a copy of the file before anything else")
        case .unknown, .sentAlready, .applied, .notRejected, .retriedAlready, .needed: self.init(.usage, sentence)
        case .notAnOutbox, .tooLarge, .otherContent: self.init(.failed, sentence)
        }
    }

    private init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_FULL: self.init(.failed, Self.full, advice: "free some space, then again")
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            self.init(
                .failed, "The local copy's directory cannot be written to: \(error.message ?? "SQLite refuses"). Nothing is lost."
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED: self.init(.busy, "Another program keeps the local copy locked.", advice: "try again")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                .notSigned, "The local copy is damaged: \(error.message ?? "SQLite cannot read it").",
                advice: "almanac sync fetches a new copy")
        default:
            self.init(.failed, "The local copy cannot be used: \(error.message ?? "SQLite error \(error.resultCode.rawValue)").")
        }
    }
}

// MARK: - The network and the other side

extension FailureReport {
    private init(_ error: ConnectError) {
        if case .tls(let error) = error {
            self.init(error)
        } else {
            self.init(.offline, "\(error) Nothing is lost.", advice: Self.retry)
        }
    }

    private init(_ error: TLSError) {
        switch error {
        case .authorityUnknown:
            self.init(
                .notSigned, error.description, advice: "ask whoever runs the authority: its former keys may be in other hands")
        case .rootDoesNotMatchPin: self.init(.notSigned, error.description, advice: "check the address and the invitation")
        case .certificateInvalid:
            self.init(.notSigned, error.description, advice: "check this machine's clock, and ask whoever runs the authority")
        case .noCommonProtocol, .noCommonVersion: self.init(.versions, error.description)
        case .peerAlert(let alert) where alert.contains("protocol"): self.init(.versions, error.description)
        case .peerAlert: self.init(.notAllowed, error.description)
        case .notTLS, .protocolViolation: self.init(.failed, error.description)
        case .truncated, .handshakeTimeout, .ioClosed, .tooMuchWrittenEarly:
            self.init(.offline, "\(error) Nothing is lost.", advice: Self.retry)
        }
    }

    private init(_ failure: SessionFailure) {
        switch failure {
        case .refused(let error): self.init(error)
        case .protocolViolation(let what):
            self.init(.failed, "The server broke the protocol: \(Visible.text(what)). Nothing is lost.")
        case .noCommonVersion(let server):
            self.init(
                .versions,
                "The server speaks versions \(server.lowest) to \(server.highest) of the protocol, this program version 1.")
        case .wrongDataset(let found, let expected):
            self.init(.notSigned, "Another dataset lives behind this address: \(found) instead of \(expected).")
        case .olderEpoch(let found, let known):
            self.init(
                .notSigned,
                "The server is in epoch \(found), and \(known) was verified before: this is an older state of the authority.")
        case .accessLimited(.renew):
            self.init(
                .notAllowed, "This device's certificate has ended.", advice: "ask for a new invitation, then almanac enrol LINK")
        case .accessLimited: self.init(.notAllowed, "The server does not take this device's certificate.")
        case .serverGoingAway(let sentence):
            self.init(.offline, "The server is closing: \(Visible.text(sentence)). Nothing is lost.", advice: Self.retry)
        case .disconnected:
            self.init(.offline, "The connection was cut. Nothing is lost, and the next sync goes on here.", advice: Self.retry)
        case .silent: self.init(.offline, "The server has been silent for too long. Nothing is lost.", advice: Self.retry)
        case .interrupted:
            self.init(.interrupted, "Interrupted. Nothing is lost, and the next sync goes on here.", advice: Self.retry)
        }
    }

    private init(_ error: ErrorMessage) {
        let words = Visible.text(error.sentence.string)
        switch error.code {
        case .notAllowed: self.init(.notAllowed, "The server does not allow this: \(words).")
        case .invitationInvalid:
            self.init(
                .notAllowed, "The invitation is not valid: unknown, used, expired or withdrawn.", advice: "ask for a new one")
        case .streamUnknown:
            self.init(
                .notAllowed, "A stream of the local copy is gone, or this device may no longer read it: \(words).",
                advice: "almanac sync --full fetches what may be read now")
        case .versionUnsupported: self.init(.versions, "The two sides' versions do not fit: \(words).")
        case .wrongDataset: self.init(.notSigned, "Another dataset lives behind this address: \(words).")
        case .behind, .busy, .timedOut, .internal, .goingAway, .cancelled:
            self.init(.offline, "The server cannot do this now: \(words). Nothing is lost.", advice: Self.retry)
        case .unknown where error.retry != .no:
            self.init(.offline, "The server says: \(words). Nothing is lost.", advice: Self.retry)
        case .protocolViolation, .tooLarge, .unknownMessage, .requestInvalid, .epochMismatch, .baseTooOld, .unknown:
            self.init(.failed, "The server refuses: \(words) (\(error.code)).")
        }
    }
}
