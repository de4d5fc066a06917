import AlmanacModel

/// How much a sync may fetch before it stops.
final class TransferBudget {
    private let limit: ByteCount?
    private(set) var used = ByteCount.zero

    /// Nil for no limit.
    init(_ limit: ByteCount?) { self.limit = limit }

    func use(_ bytes: ByteCount) { used += bytes }

    var isUsedUp: Bool { limit.map { used >= $0 } ?? false }
}

/// A sync has stopped where it was told to: what came is kept, and the replica is what it was.
public struct BudgetReached: Error, Equatable, Sendable {
    /// What this sync has fetched, in windows.
    public let fetched: ByteCount
    /// Entries that are here, of those that were announced.
    public let received: UInt64
    public let announced: UInt64
    /// Where the replica stands; nil where there is none yet.
    public let cursor: Cursor?

    func at(_ cursor: Cursor?) -> BudgetReached {
        BudgetReached(fetched: fetched, received: received, announced: announced, cursor: cursor)
    }
}
