import AlmanacModel

/// The authority's answer to one operation. It never changes.
public struct Receipt: Hashable, Sendable {
    public let operation: UniqueID
    /// SHA-256 of the operation's bytes.
    public let content: Hash32
    public let outcome: Outcome

    public init(operation: UniqueID, content: Hash32, outcome: Outcome) {
        self.operation = operation
        self.content = content
        self.outcome = outcome
    }

    public enum Outcome: Hashable, Sendable {
        /// Its effect is in the commit of this sequence, and in every state after that.
        case applied(Applied)
        case rejected(Rejection)
    }

    /// What became of an operation.
    public struct Applied: Hashable, Sendable {
        public let sequence: AlmanacModel.Sequence
        /// The ids of the records that it made, in the order of its changes.
        public let made: [RecordID]
        /// The ids of the conflicts that keep what could not be merged.
        public let conflicts: [RecordID]

        public init(sequence: AlmanacModel.Sequence, made: [RecordID] = [], conflicts: [RecordID] = []) {
            self.sequence = sequence
            self.made = made
            self.conflicts = conflicts
        }
    }

    /// Why nothing became of an operation.
    public struct Rejection: Hashable, Sendable {
        public let reason: RejectionReason
        /// For people, at most ``Caps/sentence`` bytes.
        public let sentence: Text

        /// Cuts a longer sentence.
        public init(_ reason: RejectionReason, _ sentence: String) {
            self.reason = reason
            self.sentence = Text(cutting: sentence, to: Caps.sentence)
        }
    }
}

/// Why an operation was rejected, for programs.
public enum RejectionReason: Hashable, Sendable {
    /// The person may not do this, or no longer.
    case notAllowed
    /// What it says breaks a rule of the dataset.
    case invalid
    /// It names a record that is not there, or not for this person.
    case targetUnknown
    /// Its id is that of another operation.
    case otherContent
    /// The authority cannot read it: a later version made it.
    case unreadable
    /// A reason of a later version.
    case unknown(UInt64)

    /// In the order of their codes, from 1.
    public static let known: [RejectionReason] = [.notAllowed, .invalid, .targetUnknown, .otherContent, .unreadable]

    public init(code: UInt64) {
        self =
            switch code {
            case 1: .notAllowed
            case 2: .invalid
            case 3: .targetUnknown
            case 4: .otherContent
            case 5: .unreadable
            default: .unknown(code)
            }
    }

    public var code: UInt64 {
        switch self {
        case .notAllowed: 1
        case .invalid: 2
        case .targetUnknown: 3
        case .otherContent: 4
        case .unreadable: 5
        case .unknown(let code): code
        }
    }
}

extension RejectionReason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAllowed: "not_allowed"
        case .invalid: "invalid"
        case .targetUnknown: "target_unknown"
        case .otherContent: "other_content"
        case .unreadable: "unreadable"
        case .unknown(let code): "reason_\(code)"
        }
    }
}
