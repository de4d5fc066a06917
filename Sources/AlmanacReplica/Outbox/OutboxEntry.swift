import AlmanacModel
import AlmanacWire

/// An operation of this device, and what has become of it.
public struct OutboxEntry: Hashable, Sendable {
    /// Its place in the order in which operations were made here; never given twice.
    public let number: Int64
    /// The operation as it is sent.
    public let operation: SentOperation
    /// When it was written, by this machine's clock.
    public let added: Instant
    /// What it does, in a line for people.
    public let summary: Text
    /// Where the replica stood on which its author made it; nil where there was none.
    public let tip: Cursor?
    public let state: State
    /// The rejected one that this one tries again.
    public let retryOf: UniqueID?
    /// The one that tries this one again, after its rejection.
    public let retriedBy: UniqueID?

    public enum State: Hashable, Sendable {
        /// Never sent: it can still be dropped.
        case waiting
        /// Sent at least once. The authority may have applied it, so it is never rewritten. `earlier` is the receipt of a history
        /// that the authority has lost.
        case sent(earlier: Settled?)
        case applied(Settled)
        /// Set aside until it is dropped or tried again.
        case rejected(Receipt.Rejection)
    }

    /// What a receipt says of an operation that was applied.
    public struct Settled: Hashable, Sendable {
        public let epoch: Epoch
        public let applied: Receipt.Applied

        public init(epoch: Epoch, applied: Receipt.Applied) {
            self.epoch = epoch
            self.applied = applied
        }

        public var cursor: Cursor { Cursor(epoch: epoch, sequence: applied.sequence) }
    }

    public var id: UniqueID { operation.id }

    /// Whether the authority has not answered yet.
    public var isUnsettled: Bool {
        switch state {
        case .waiting, .sent: true
        case .applied, .rejected: false
        }
    }
}

/// An operation that is to be put into the outbox, with what stands beside it there.
public struct OutboxDraft: Hashable, Sendable {
    public let operation: Operation
    public let summary: Text
    public let tip: Cursor?

    /// The summary is cut at ``maximumSummary`` bytes.
    public init(_ operation: Operation, summary: String, tip: Cursor?) {
        self.operation = operation
        self.summary = Text(cutting: summary, to: Self.maximumSummary)
        self.tip = tip
    }

    public static let maximumSummary = 512
}

/// How many operations are in which state.
public struct OutboxCounts: Hashable, Sendable {
    public var waiting = 0
    /// Sent, and not answered yet.
    public var sent = 0
    /// Set aside, and not tried again.
    public var rejected = 0

    public init() {}

    /// What the authority has not answered for: it is here and perhaps nowhere else.
    public var unsettled: Int { waiting + sent }

    /// Whether nothing would be lost with the file.
    public var isEmpty: Bool { unsettled + rejected == 0 }
}
