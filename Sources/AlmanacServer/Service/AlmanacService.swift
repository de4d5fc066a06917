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
/// The certificate with which it proves itself is made when it starts and is valid for ``AuthorityKeys/serverLifetime``: a server that
/// runs longer has to be started again before that.
public final class AlmanacService: Service {
    private let directory: DataDirectory
    private let settings: Settings
    private let clock: Clock
    private let logger: Logger
    private let connections = Connections()
    private let onListening: @Sendable (SocketAddress?) -> Void

    /// The callback gets the address once connections are accepted.
    public init(
        directory: DataDirectory, settings: Settings, clock: Clock = .system, logger: Logger,
        onListening: @escaping @Sendable (SocketAddress?) -> Void = { _ in }
    ) {
        self.directory = directory
        self.settings = settings
        self.clock = clock
        self.logger = logger
        self.onListening = onListening
    }

    /// Throws ``NoDataset``, ``DirectoryLock/Held``, `ListenError`, and what is wrong with keys and files. Runs once.
    public func run() async throws {
        try directory.requireDataset()
        let lock = try DirectoryLock(directory.lock)
        defer { withExtendedLifetime(lock) {} }
        let store = try AuthorityDatabase.open(existing: directory.database)
        let threads = StoreThreads()
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
        let keys = try AuthorityKeys.load(directory)
        let backend = Backend(
            store: store, keys: keys, signer: CheckpointSigner(keys), threads: threads, clock: clock, logger: logger)
        let head = try store.head()
        let listener = try await listen(backend, identity: identity(head, name: store.name()), on: group)
        announce(listener.localAddress, head)
        await waitForEnd(of: listener)
        await drain(on: group.next())
    }

    private func listen(
        _ backend: Backend, identity: ServerMachine.Identity, on group: MultiThreadedEventLoopGroup
    ) async throws -> any Channel {
        let keys = backend.keys
        let context = try TLSContext.server(identity: keys.serverIdentity(now: clock.now()), clientCAs: keys.clientAuthorities)
        return try await AlmanacListener.bind(
            host: settings.host, port: settings.port, context: context, group: group
        ) { [connections] channel in
            connections.add(channel)
            return channel.eventLoop.makeCompletedFuture {
                let messages = MessageHandler(from: .client, isHeld: true)
                try channel.pipeline.syncOperations.addHandlers(
                    messages, ConnectionHandler(backend: backend, identity: identity, messages: messages))
            }
        }
    }

    private func identity(_ head: HeadState, name: String) -> ServerMachine.Identity {
        var identity = ServerMachine.Identity(
            software: Software.server, dataset: head.dataset, epoch: head.epoch, name: name)
        identity.helloTimeout = settings.helloTimeout
        identity.idleTimeout = settings.idleTimeout
        identity.stallTimeout = settings.stallTimeout
        return identity
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
