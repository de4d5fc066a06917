import AlmanacWire
import Synchronization

/// The pushes of one connection, in their order: none is applied once one before it was not and may be sent again, for it may name records
/// that the one before makes, and would be rejected for ever.
final class PushLane: Sendable {
    private let state = Mutex(false)

    /// Whether nothing more is applied.
    var isClosed: Bool { state.withLock { $0 } }

    /// Notes what a push was answered.
    func note(_ answer: Message) {
        guard case .error(let error) = answer, [.busy, .internal].contains(error.code) else { return }
        state.withLock { $0 = true }
    }
}
