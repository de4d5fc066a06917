/// What went wrong: section 15 of the specification.
public enum ErrorCode: Hashable, Sendable {
    case protocolViolation
    case tooLarge
    case unknownMessage
    case versionUnsupported
    case wrongDataset
    case notAllowed
    case invitationInvalid
    case requestInvalid
    case streamUnknown
    case behind
    case epochMismatch
    case baseTooOld
    case cancelled
    case busy
    case timedOut
    case `internal`
    case goingAway
    /// A later version's; the error's fault and retry say what to do.
    case unknown(UInt64)

    /// In the order of their codes, from 1.
    public static let known: [ErrorCode] = [
        .protocolViolation, .tooLarge, .unknownMessage, .versionUnsupported, .wrongDataset, .notAllowed, .invitationInvalid,
        .requestInvalid, .streamUnknown, .behind, .epochMismatch, .baseTooOld, .cancelled, .busy, .timedOut, .internal,
        .goingAway,
    ]

    public init(_ rawValue: UInt64) {
        let isKnown = (1...UInt64(Self.known.count)).contains(rawValue)
        self = isKnown ? Self.known[Int(rawValue) - 1] : .unknown(rawValue)
    }

    /// The code on the wire.
    public var rawValue: UInt64 {
        switch self {
        case .protocolViolation: 1
        case .tooLarge: 2
        case .unknownMessage: 3
        case .versionUnsupported: 4
        case .wrongDataset: 5
        case .notAllowed: 6
        case .invitationInvalid: 7
        case .requestInvalid: 8
        case .streamUnknown: 9
        case .behind: 10
        case .epochMismatch: 11
        case .baseTooOld: 12
        case .cancelled: 13
        case .busy: 14
        case .timedOut: 15
        case .internal: 16
        case .goingAway: 17
        case .unknown(let code): code
        }
    }
}

extension ErrorCode: CustomStringConvertible {
    /// As the specification writes it.
    public var description: String {
        switch self {
        case .protocolViolation: "protocol_violation"
        case .tooLarge: "too_large"
        case .unknownMessage: "unknown_message"
        case .versionUnsupported: "version_unsupported"
        case .wrongDataset: "wrong_dataset"
        case .notAllowed: "not_allowed"
        case .invitationInvalid: "invitation_invalid"
        case .requestInvalid: "request_invalid"
        case .streamUnknown: "stream_unknown"
        case .behind: "behind"
        case .epochMismatch: "epoch_mismatch"
        case .baseTooOld: "base_too_old"
        case .cancelled: "cancelled"
        case .busy: "busy"
        case .timedOut: "timed_out"
        case .internal: "internal"
        case .goingAway: "going_away"
        case .unknown(let code): "code \(code)"
        }
    }
}
