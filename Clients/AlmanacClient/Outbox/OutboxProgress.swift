import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// How far something that was written here has come.
public enum OutboxProgress: Hashable, Sendable {
    case waiting
    /// Sent, and not answered yet.
    case sent
    /// The authority has it, and the local copy does not show it yet.
    case applied(Sequence)
    /// The authority has it, and the local copy too.
    case shown(Sequence)
    case refused(Receipt.Rejection)
    /// Refused, and tried again as another one.
    case retried(as: UniqueID)

    /// Of an entry, for a replica that stands here; nil where there is none.
    public init(_ entry: OutboxEntry, at cursor: Cursor?) {
        switch entry.state {
        case .waiting: self = .waiting
        case .sent: self = .sent
        case .applied(let settled):
            let isShown = cursor.map { !$0.isBefore(settled.cursor) } ?? false
            self = isShown ? .shown(settled.applied.sequence) : .applied(settled.applied.sequence)
        case .rejected(let rejection): self = entry.retriedBy.map(Self.retried) ?? .refused(rejection)
        }
    }

    /// As programs know it.
    public var code: String {
        switch self {
        case .waiting: "waiting"
        case .sent: "sent"
        case .applied: "applied"
        case .shown: "done"
        case .refused: "rejected"
        case .retried: "retried"
        }
    }

    /// For people.
    public var words: String {
        switch self {
        case .waiting: "waiting"
        case .sent: "sent, no answer yet"
        case .applied(let sequence): "applied as \(sequence), waits for the next sync"
        case .shown(let sequence): "applied as \(sequence)"
        case .refused(let rejection): "refused: \(rejection.sentence)"
        case .retried(let id): "refused, and tried again as \(ShortID.of(id, among: []))"
        }
    }

    /// Whether somebody may still have to do something, or wait.
    public var isOpen: Bool {
        switch self {
        case .waiting, .sent, .applied, .refused: true
        case .shown, .retried: false
        }
    }
}
