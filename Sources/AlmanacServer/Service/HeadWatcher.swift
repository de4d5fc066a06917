import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Logging
import NIOCore

/// Notices that the head has moved, whichever process committed: looks a few times a second, which costs a row.
final class HeadWatcher: Sendable {
    private let backend: Backend
    private let connections: Connections
    private let eventLoop: any EventLoop

    init(_ backend: Backend, _ connections: Connections, on eventLoop: any EventLoop) {
        self.backend = backend
        self.connections = connections
        self.eventLoop = eventLoop
    }

    /// Until the task is cancelled; at once when this server has committed. A look that fails is logged, once in a row.
    func start(every interval: TimeAmount, from head: AlmanacModel.Sequence) -> RepeatedTask {
        let seen = NIOLoopBoundBox.makeBoxSendingValue(Seen(head: head), eventLoop: eventLoop)
        backend.headBell.listen { [self] in
            eventLoop.execute { _ = self.look(seen) }
        }
        return eventLoop.scheduleRepeatedAsyncTask(initialDelay: .zero, delay: interval) { [self] _ in look(seen) }
    }

    private func look(_ seen: NIOLoopBoundBox<Seen>) -> EventLoopFuture<Void> {
        let before = seen.value.head
        return backend.threads.look(on: eventLoop) { [backend] in try backend.look(unless: before) }
            .map { self.note($0, seen) }
            .recover { self.note($0, seen) }
    }

    private struct Seen {
        var head: AlmanacModel.Sequence
        var hasFailed = false
    }

    private func note(_ news: Backend.News?, _ seen: NIOLoopBoundBox<Seen>) {
        seen.value.hasFailed = false
        // Of two looks at a time the later one may be back first.
        guard let news, news.head != seen.value.head else { return }
        backend.metrics.note(news, after: seen.value.head, now: backend.clock.now())
        seen.value.head = news.head
        connections.headMoved()
    }

    private func note(_ error: any Error, _ seen: NIOLoopBoundBox<Seen>) {
        guard !seen.value.hasFailed else { return }
        seen.value.hasFailed = true
        backend.logger.error("the head cannot be read", metadata: ["error": "\(error)"])
    }
}

extension Backend {
    /// A head, and when it was committed.
    struct News: Sendable {
        let head: AlmanacModel.Sequence
        let time: Instant?
    }

    /// Nil if the head is still this one.
    func look(unless head: AlmanacModel.Sequence?) throws -> News? {
        let new = try store.head().sequence
        return new == head ? nil : News(head: new, time: try store.lastCommit()?.header.time)
    }
}
