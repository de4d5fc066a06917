import AlmanacModel
import AlmanacWire
import Synchronization

/// So many operations of one device in a minute, counted from the first of anybody's; afterwards all begin anew. Each that comes leaves a
/// receipt for ever, also one that is rejected.
final class OperationLimiter: Sendable {
    static let period: Duration = .seconds(60)

    private let limit: Int
    private let state = Mutex(State())

    private struct State {
        var end: Instant?
        /// As many as devices have pushed.
        var counts: [Hash32: Int] = [:]
    }

    init(limit: Int) { self.limit = limit }

    /// Nil if the device may push so many more, else how long to wait. The time is only compared with itself.
    func push(_ count: Int, from device: Hash32, now: Instant) -> Duration? {
        state.withLock { state in
            if state.end.map({ $0 <= now }) ?? true { state = State(end: now.advanced(by: Self.period)) }
            let pushed = state.counts[device, default: 0]
            // One push always goes, however small the limit.
            guard pushed == 0 || pushed + count <= limit else { return state.end?.duration(since: now) ?? Self.period }
            state.counts[device] = pushed + count
            return nil
        }
    }
}
