import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves one data directory until it is told to stop; then it accepts nothing new, finishes what is open, and returns.
///
/// What ``Rotation`` puts into the directory meanwhile is taken over within seconds, and its own certificate is renewed in time; what is
/// connected stays.
public final class AlmanacService: Service {
    private let directory: DataDirectory
    let settings: Settings
    let clock: Clock
    let logger: Logger
    let connections = Connections()
    private let cache = DeltaCache()
    let metrics: ServerMetrics
    let refusals: RefusalLog
    private let notifier: ServiceNotifier?
    private let onListening: @Sendable (SocketAddress?) -> Void

    /// The callback gets the address once connections are accepted; so does the service manager, if there is one.
    public init(
        directory: DataDirectory, settings: Settings, clock: Clock = .system, logger: Logger, notifier: ServiceNotifier? = nil,
        onListening: @escaping @Sendable (SocketAddress?) -> Void = { _ in }
    ) {
        self.directory = directory
        self.settings = settings
        self.clock = clock
        self.logger = logger
        self.notifier = notifier
        metrics = ServerMetrics(cache: cache)
        refusals = RefusalLog(logger)
        self.onListening = onListening
    }

    /// How often an answer was there already.
    var cacheCounts: DeltaCache.Counts { cache.counts }

    /// Throws ``NoDataset``, ``DirectoryLock/Held``, `ListenError`, and what is wrong with keys and files. Runs once.
    public func run() async throws {
        try directory.requireDataset()
        let lock = try DirectoryLock(directory.lock)
        defer { withExtendedLifetime(lock) {} }
        Descriptors.raiseLimit()
        let store = try AuthorityDatabase.open(existing: directory.database)
        let threads = StoreThreads(metrics)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        let outcome: Result<Void, any Error>
        do {
            try await serve(store: store, threads: threads, group: group)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        // First: what is still read tells its event loop.
        await threads.stop()
        try? await group.shutdownGracefully()
        let closing = Result { try store.close() }
        try outcome.get()
        try closing.get()
    }

    private func serve(store: AuthorityDatabase, threads: StoreThreads, group: MultiThreadedEventLoopGroup) async throws {
        let keeper = try KeyKeeper(directory, signatureRenewal: settings.renewalInterval, now: clock.now())
        let backend = Backend(
            store: store, keeper: keeper, threads: threads, cache: cache, clock: clock, logger: logger, metrics: metrics,
            refusals: refusals,
            enrolments: AttemptLimiter(limit: settings.limits.enrolmentsPerMinute),
            operations: OperationLimiter(limit: settings.limits.operationsPerMinute))
        let head = try store.head()
        try backend.look(unless: nil).map { metrics.note($0, after: nil, now: clock.now()) }
        let metricsListener = try await listenForMetrics(on: group)
        do {
            let listener = try await listen(backend, identity: identity(head, name: store.name()), on: group)
            let attendants = await Attendants(
                backend, group, notifier, directory: directory, address: listener.localAddress?.shown ?? "?",
                dataset: head.dataset)
            let watch = HeadWatcher(backend, connections, on: group.next()).start(
                every: TimeAmount(settings.watchInterval), from: head.sequence)
            let access = AccessWatcher(backend, connections, on: group.next()).start(every: TimeAmount(settings.accessInterval))
            let renewal = HeadRenewer(connections: connections, eventLoop: group.next()).start(every: settings.renewalInterval)
            let keyWatch = KeyWatcher(backend, on: group.next()).start(every: TimeAmount(settings.keyInterval))
            announce(listener.localAddress, head)
            await waitForEnd(of: listener)
            notifier?.stopping()
            watch.cancel()
            access.cancel()
            renewal.cancel()
            keyWatch.cancel()
            await drain(on: group.next())
            await attendants.stop()
        } catch {
            try? await metricsListener?.close().get()
            throw error
        }
        try? await metricsListener?.close().get()
    }

    private func announce(_ address: SocketAddress?, _ head: HeadState) {
        logger.notice(
            "serving",
            metadata: [
                "address": "\(address?.shown ?? "?")", "dataset": "\(head.dataset)",
                "head": "\(head.sequence)",
            ])
        onListening(address)
    }

    // MARK: Stopping

    /// Returns when the service is to stop.
    private func waitForEnd(of listener: any Channel) async {
        await withGracefulShutdownHandler {
            await withTaskCancellationHandler {
                try? await listener.closeFuture.get()
            } onCancel: {
                listener.close(promise: nil)
            }
        } onGracefulShutdown: {
            listener.close(promise: nil)
        }
    }

    /// Waits for what is open, but not for ever; a task that is cancelled does not wait.
    private func drain(on eventLoop: any EventLoop) async {
        logger.notice("stopping", metadata: ["connections": "\(connections.count)"])
        let ended = connections.drain(on: eventLoop)
        let deadline = eventLoop.scheduleTask(in: TimeAmount(settings.drainTimeout)) { [connections] in connections.close() }
        await withTaskCancellationHandler {
            try? await ended.get()
        } onCancel: {
            connections.close()
        }
        deadline.cancel()
    }
}

/// What the programs call themselves in their hellos.
public enum Software {
    public static let version = "0.1.0"
    public static let server = "almanacd/\(version)"
}
