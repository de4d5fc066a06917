import AlmanacModel
import AlmanacReplica
import AlmanacWire
import NIOConcurrencyHelpers
import NIOCore

/// A push that waits to be applied.
struct WaitingPush: Sendable {
    let push: Push
    /// As the connection was admitted.
    let device: Device
    /// That of its connection.
    let lane: PushLane
    let eventLoop: any EventLoop
    /// Called on the event loop, once.
    let answer: @Sendable (Message) -> Void

    func tell(_ message: Message) {
        lane.note(message)
        eventLoop.execute { answer(message) }
    }

    fileprivate var byteCount: Int { push.sheet.statementBytes.count }
}

/// The pushes of all connections that nobody has applied: what waits while others are written is written together, with one fsync.
final class PushQueue: Sendable {
    /// What waits at most; more is refused.
    static let byteLimit = ByteCount.mebibytes(64)
    static let countLimit = 4_096
    /// Applied together: the longer a group, the longer its first waits, and the fewer are the fsyncs.
    static let groupBytes = ByteCount.mebibytes(4)

    /// What became of a push that was to wait.
    enum Admission {
        /// It waits, and somebody has to begin to apply.
        case first
        /// It waits for whoever is applying.
        case behindOthers
        case full
    }

    private struct State {
        var waiting: CircularBuffer<WaitingPush> = []
        var byteCount = 0
        var isApplied = false
    }

    private let state = NIOLockedValueBox(State())

    func add(_ push: WaitingPush) -> Admission {
        state.withLockedValue { state in
            guard state.waiting.count < Self.countLimit, state.byteCount + push.byteCount <= Self.byteLimit.rawValue else {
                return .full
            }
            state.waiting.append(push)
            state.byteCount += push.byteCount
            defer { state.isApplied = true }
            return state.isApplied ? .behindOthers : .first
        }
    }

    /// The oldest, at least one if there is one.
    func take() -> [WaitingPush] {
        state.withLockedValue { state in
            var (taken, byteCount): ([WaitingPush], Int) = ([], 0)
            while let next = state.waiting.first, taken.isEmpty || byteCount + next.byteCount <= Self.groupBytes.rawValue {
                taken.append(state.waiting.removeFirst())
                byteCount += next.byteCount
            }
            state.byteCount -= byteCount
            return taken
        }
    }

    /// Whether whoever applies has to go on.
    func isMoreWaiting() -> Bool {
        state.withLockedValue { state in
            state.isApplied = !state.waiting.isEmpty
            return state.isApplied
        }
    }
}
