import AlmanacClient
import AlmanacModel
import Synchronization

/// What several syncs have kept of what came: each counts from zero, and what an earlier one kept is not told again.
final class EntryLog: Sendable {
    private struct State {
        var kept: (entries: UInt64, bytes: Int) = (0, 0)
        var counted: (entries: UInt64, bytes: Int) = (0, 0)
    }

    private let state = Mutex(State())

    func take(_ progress: SyncProgress) {
        state.withLock { state in
            switch progress {
            case .announced: state.counted = (0, 0)
            case .received(let entries, let bytes):
                let before = entries >= state.counted.entries ? state.counted : (entries: 0, bytes: 0)
                state.kept.entries += entries - before.entries
                state.kept.bytes += bytes.rawValue - before.bytes
                state.counted = (entries, bytes.rawValue)
            default: break
            }
        }
    }

    var entries: UInt64 { state.withLock(\.kept.entries) }
    var byteCount: Int { state.withLock(\.kept.bytes) }
}
