import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Logging
import NIOCore

/// Has rotated keys taken over, whichever process rotated them, the server's certificate renewed, and says when a delegation ends soon.
final class KeyWatcher: Sendable {
    private let backend: Backend
    private let eventLoop: any EventLoop

    /// How long before its end a delegation is named in the log, and how often.
    static let warningTime = Duration.seconds(60 * 86_400)
    private static let warningInterval = Duration.seconds(86_400)

    init(_ backend: Backend, on eventLoop: any EventLoop) {
        self.backend = backend
        self.eventLoop = eventLoop
    }

    private struct Seen {
        var hasFailed = false
        var lastWarning: Instant?
    }

    /// Until the task is cancelled. A look that fails changes nothing, and is logged, once in a row.
    func start(every interval: TimeAmount) -> RepeatedTask {
        let seen = NIOLoopBoundBox.makeBoxSendingValue(Seen(), eventLoop: eventLoop)
        noteRotation()
        return eventLoop.scheduleRepeatedAsyncTask(initialDelay: .zero, delay: interval) { [self] _ in
            backend.threads.look(on: eventLoop) { [backend] in try backend.keeper.refresh(now: backend.clock.now()) }
                .map { self.note($0, seen) }
                .recover { self.note($0, seen) }
        }
    }

    private func note(_ change: KeyKeeper.Change?, _ seen: NIOLoopBoundBox<Seen>) {
        seen.value.hasFailed = false
        switch change {
        case .rotated(let number):
            backend.logger.notice("the keys were rotated", metadata: ["delegation": "\(number)"])
            noteRotation()
        case .renewed: backend.logger.notice("the server has a new certificate")
        case nil: break
        }
        warn(seen)
    }

    private func note(_ error: any Error, _ seen: NIOLoopBoundBox<Seen>) {
        if !seen.value.hasFailed {
            backend.logger.error("the keys cannot be taken over; the former ones stay in use", metadata: ["error": "\(error)"])
        }
        seen.value.hasFailed = true
    }

    private func warn(_ seen: NIOLoopBoundBox<Seen>) {
        let (now, until) = (backend.clock.now(), backend.keys.chain.checkpointKey.statement.until)
        guard until.duration(since: now) < Self.warningTime else { return }
        if let last = seen.value.lastWarning, now.duration(since: last) < Self.warningInterval { return }
        seen.value.lastWarning = now
        backend.logger.warning("the delegation of the keys ends soon: almanacd rotate", metadata: ["until": "\(until)"])
    }

    /// A rotation that a crash has cut off from its entry in the history gets one.
    private func noteRotation() {
        let chain = backend.keys.chain
        guard chain.checkpointKey.statement.number > 1 else { return }
        let entry = AuditEntry(rotationTo: chain, by: .operator("unknown"), at: backend.clock.now())
        backend.threads.write(on: eventLoop) { [backend] in try backend.store.noteIfMissing(entry) }
            .whenFailure { [backend] in
                backend.logger.error("the history cannot be written", metadata: ["error": "\($0)"])
            }
    }
}
