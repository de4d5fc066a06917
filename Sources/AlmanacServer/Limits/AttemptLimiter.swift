import AlmanacModel
import Synchronization

/// So many attempts from one address in a minute, counted from the first attempt of anybody; afterwards all begin anew.
final class AttemptLimiter: Sendable {
    static let period: Duration = .seconds(60)
    /// Addresses that are counted one by one; those beyond count as one.
    static let addressLimit = 10_000

    private let limit: Int
    private let state = Mutex(State())

    private struct State {
        var end: Instant?
        var attempts: [PeerAddress?: Int] = [:]
    }

    init(limit: Int) { self.limit = limit }

    /// Nil if the attempt may be made, else how long to wait. The time is only compared with itself.
    func attempt(_ address: PeerAddress?, now: Instant) -> Duration? {
        state.withLock { state in
            if state.end.map({ $0 <= now }) ?? true {
                state = State(end: now.advanced(by: Self.period))
            }
            let isCounted = state.attempts[address] != nil || state.attempts.count < Self.addressLimit
            let key = isCounted ? address : nil
            let made = state.attempts[key, default: 0]
            guard made < limit else { return state.end?.duration(since: now) ?? Self.period }
            state.attempts[key] = made + 1
            return nil
        }
    }
}
