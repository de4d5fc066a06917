import Synchronization

/// Counts, whoever counts.
final class WishCounter: Sendable {
    private let count = Mutex(0)

    /// 1 at first.
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
