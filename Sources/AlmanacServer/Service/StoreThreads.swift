import NIOCore
import NIOPosix

/// Where blocking calls of the store are made. Those that may wait for the store's lock, which an import holds for long, have a
/// thread of their own, so that nobody's reading waits for them.
struct StoreThreads: Sendable {
    private let readers = NIOThreadPool(numberOfThreads: 4)
    private let writer = NIOThreadPool(numberOfThreads: 1)

    init() {
        readers.start()
        writer.start()
    }

    /// What only reads.
    func read<Value: Sendable>(
        on eventLoop: any EventLoop, _ work: @escaping @Sendable () throws -> Value
    ) -> EventLoopFuture<Value> {
        readers.runIfActive(eventLoop: eventLoop, work)
    }

    /// What may write.
    func write<Value: Sendable>(
        on eventLoop: any EventLoop, _ work: @escaping @Sendable () throws -> Value
    ) -> EventLoopFuture<Value> {
        writer.runIfActive(eventLoop: eventLoop, work)
    }

    /// Waits for what is running; what has not begun fails.
    func stop() async {
        try? await readers.shutdownGracefully()
        try? await writer.shutdownGracefully()
    }
}
