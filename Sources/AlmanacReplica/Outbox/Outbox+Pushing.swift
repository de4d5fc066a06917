import AlmanacModel
import AlmanacWire

/// What a push does with the outbox.
extension Outbox {
    /// What the authority has not answered, in order, after this number: at most so many operations and, beyond the first, so many bytes.
    /// From now on they count as sent: this is durable before the first byte leaves.
    public func take(after number: Int64, count: Int, bytes: Int) throws -> [OutboxEntry] {
        let found = try read { try $0.unsettled(after: number, count: count, bytes: bytes) }
        guard found.contains(where: { $0.state == .waiting }) else { return found }
        return try write { table in
            try table.markSent(table.unsettled(after: number, count: count, bytes: bytes))
            return try table.unsettled(after: number, count: count, bytes: bytes)
        }
    }

    /// Whether there is anything that the authority has not answered.
    public func hasUnsettled() throws -> Bool { try read { try $0.counts().unsettled > 0 } }

    /// Keeps what a verified sheet says of operations that are here, and returns those whose state it has changed. Durable when this
    /// returns. Throws ``ReceiptFlaw`` where a receipt is not about what was sent, and keeps nothing of the sheet then.
    ///
    /// Who calls has checked signature, dataset and epoch.
    public func store(_ sheet: Signed<ReceiptSheet>, now: Instant) throws -> [OutboxEntry] {
        try write { try $0.store(sheet, now: now) }
    }

    /// After the authority has begun a new history: what it has applied in an earlier one is sent again. Returns how many.
    @discardableResult
    public func reopen(before epoch: Epoch) throws -> Int {
        guard try read({ try $0.hasApplied(before: epoch) }) else { return 0 }
        return try write { try $0.reopen(before: epoch) }
    }

    /// How long applied operations are kept, for an authority that has to be restored.
    public static let keptDays: Int64 = 400

    /// Removes what was applied longer ago than ``keptDays``. A replica that stands at this cursor shows it.
    public func prune(shown cursor: Cursor, now: Instant) throws {
        let end = now.advanced(by: .seconds(-Self.keptDays * 86_400))
        guard try read({ try $0.hasSettled(before: end) }) else { return }
        try write { try $0.prune(before: end, shown: cursor) }
    }
}

/// Why a receipt, though the authority has signed it, is not about what this device has sent.
public enum ReceiptFlaw: Error, Equatable, CustomStringConvertible {
    /// The hash is not that of the operation of this id.
    case otherContent(UniqueID)
    /// It tells of more or fewer made records than the operation makes.
    case madeCount(UniqueID)

    public var description: String {
        switch self {
        case .otherContent(let id): "the receipt of \(id) is about another content"
        case .madeCount(let id): "the receipt of \(id) does not name what it has made"
        }
    }
}
