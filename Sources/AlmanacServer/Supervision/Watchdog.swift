import AlmanacModel
import Logging
import NIOCore

/// Tells the service manager that the server is alive, as long as every event loop and the store answer. One that does not
/// answer keeps the next round from beginning: then the manager hears nothing, and starts the server again.
struct Watchdog: Sendable {
    let backend: Backend
    let group: any EventLoopGroup
    let notifier: ServiceNotifier

    /// Until the task is cancelled; nil if the manager does not ask.
    func start() -> RepeatedTask? {
        guard let interval = notifier.watchdog else { return nil }
        return group.next().scheduleRepeatedAsyncTask(initialDelay: .zero, delay: TimeAmount(interval / 3)) { _ in
            round(on: group.next())
        }
    }

    private func round(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        let loops = group.makeIterator().map { $0.submit {} }
        let store = backend.threads.look(on: eventLoop) { [backend] in _ = try backend.store.head() }
        return EventLoopFuture.andAllSucceed(loops + [store], on: eventLoop)
            .map { [notifier] in notifier.alive() }
            .recover { [backend] error in backend.logger.error("not well", metadata: ["error": "\(error)"]) }
    }
}
