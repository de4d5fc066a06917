import AlmanacReplica
import AlmanacWire
import Logging
import NIOCore

/// Ends the connections of devices that were revoked, whichever process did it, and those whose certificates have ended.
final class AccessWatcher: Sendable {
    private let backend: Backend
    private let connections: Connections
    private let eventLoop: any EventLoop

    init(_ backend: Backend, _ connections: Connections, on eventLoop: any EventLoop) {
        self.backend = backend
        self.connections = connections
        self.eventLoop = eventLoop
    }

    /// Until the task is cancelled. A look that fails ends nobody, and is logged, once in a row.
    func start(every interval: TimeAmount) -> RepeatedTask {
        let hasFailed = NIOLoopBoundBox.makeBoxSendingValue(false, eventLoop: eventLoop)
        return eventLoop.scheduleRepeatedAsyncTask(initialDelay: interval, delay: interval) { [self] _ in
            backend.threads.look(on: eventLoop, look)
                .map { hasFailed.value = false }
                .recover { [backend] error in
                    if !hasFailed.value {
                        backend.logger.error("the device table cannot be read", metadata: ["error": "\(error)"])
                    }
                    hasFailed.value = true
                }
        }
    }

    /// One look does for all connections.
    @Sendable private func look() throws {
        let admitted = connections.admitted
        guard !admitted.isEmpty else { return }
        let (allowed, now) = (try backend.store.allowedDevices(), backend.clock.now())
        for (connection, admittee) in admitted {
            guard let error = admittee.refusal(allowed, now: now) else { continue }
            connections.endAccess(of: connection, error)
        }
    }
}
