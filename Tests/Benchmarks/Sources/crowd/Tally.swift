import NIOCore
import Synchronization

/// What the crowd counts.
final class Tally: Sendable {
    private let state = Mutex(State())

    private struct State {
        var open = 0
        var following = 0
        /// When followers began to follow, since this was last asked for.
        var arrivals: [NIODeadline] = []
        var failures: [String: Int] = [:]
        /// When each seat was last told a head.
        var heard: [Int: NIODeadline] = [:]
    }

    var open: Int { state.withLock(\.open) }
    var following: Int { state.withLock(\.following) }
    /// So many seats have been told a head since ``forgetHeads()``.
    var heardCount: Int { state.withLock(\.heard.count) }

    func opened() { state.withLock { $0.open += 1 } }

    func began(at time: NIODeadline) {
        state.withLock { state in
            state.following += 1
            state.arrivals.append(time)
        }
    }

    func reached(_ seat: Int, at time: NIODeadline) { state.withLock { $0.heard[seat] = time } }

    func closed(wasFollowing: Bool) {
        state.withLock { state in
            state.open -= 1
            if wasFollowing { state.following -= 1 }
        }
    }

    func failed(_ reason: String) { state.withLock { $0.failures[reason, default: 0] += 1 } }

    func forgetHeads() { state.withLock { $0.heard = [:] } }

    /// When who was told a head.
    var heard: [Int: NIODeadline] { state.withLock(\.heard) }

    func takeArrivals() -> [NIODeadline] {
        state.withLock { state in
            defer { state.arrivals = [] }
            return state.arrivals
        }
    }

    func takeFailures() -> [String: Int] {
        state.withLock { state in
            defer { state.failures = [:] }
            return state.failures
        }
    }
}
