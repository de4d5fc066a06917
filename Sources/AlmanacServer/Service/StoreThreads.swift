import NIOCore
import NIOPosix

/// Where blocking calls of the store are made. What the server lives by has a thread of its own, so that nobody's reading delays it:
/// who is there, what the head is, whether the store answers at all. So has what may wait for the store's lock, which an import holds
/// for long.
struct StoreThreads: Sendable {
    private let vital = NIOThreadPool(numberOfThreads: 1)
    private let readers = NIOThreadPool(numberOfThreads: 4)
    private let writer = NIOThreadPool(numberOfThreads: 1)
    private let metrics: ServerMetrics

    init(_ metrics: ServerMetrics) {
        self.metrics = metrics
        vital.start()
        readers.start()
        writer.start()
    }

    /// A short look that the server lives by.
    func look<Value: Sendable>(
        on eventLoop: any EventLoop, _ work: @escaping @Sendable () throws -> Value
    ) -> EventLoopFuture<Value> {
        vital.runIfActive(eventLoop: eventLoop) { [metrics] in
            let start = ContinuousClock.now
            defer { metrics.storeReads.observe(.now - start) }
            return try work()
        }
    }

    /// The same, which tells itself whom it concerns. Nothing happens any more once the threads are stopped.
    func look(_ work: @escaping @Sendable () -> Void) { Self.submit(work, to: vital, metrics.storeReads) }

    /// What only reads, and may take its time.
    func read<Value: Sendable>(
        on eventLoop: any EventLoop, _ work: @escaping @Sendable () throws -> Value
    ) -> EventLoopFuture<Value> {
        readers.runIfActive(eventLoop: eventLoop) { [metrics] in
            let start = ContinuousClock.now
            defer { metrics.storeReads.observe(.now - start) }
            return try work()
        }
    }

    /// The same, which tells itself whom it concerns. Nothing happens any more once the threads are stopped.
    func read(_ work: @escaping @Sendable () -> Void) { Self.submit(work, to: readers, metrics.pullReads) }

    private static func submit(_ work: @escaping @Sendable () -> Void, to pool: NIOThreadPool, _ histogram: Histogram) {
        pool.submit { state in
            guard case .active = state else { return }
            let start = ContinuousClock.now
            work()
            histogram.observe(.now - start)
        }
    }

    /// What may write.
    func write<Value: Sendable>(
        on eventLoop: any EventLoop, _ work: @escaping @Sendable () throws -> Value
    ) -> EventLoopFuture<Value> {
        writer.runIfActive(eventLoop: eventLoop, work)
    }

    /// The same, which tells itself whom it concerns. Nothing happens any more once the threads are stopped.
    func write(_ work: @escaping @Sendable () -> Void) {
        writer.submit { state in
            if case .active = state { work() }
        }
    }

    /// Waits for what is running; what has not begun fails.
    func stop() async {
        try? await vital.shutdownGracefully()
        try? await readers.shutdownGracefully()
        try? await writer.shutdownGracefully()
    }
}
