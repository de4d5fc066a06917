import AlmanacModel
import AlmanacTransport
import AlmanacWire
import Dispatch
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import Testing

@testable import AlmanacServer

/// A service that runs in this process, on a port of its own.
struct TestServer: Sendable {
    let dataset: TestDataset
    let port: Int
    let log: TestLog
    let service: AlmanacService
    private let lifecycle: ServiceGroup
    private let group: MultiThreadedEventLoopGroup

    /// Serves the dataset while the body runs, then stops in good order and waits for the end.
    static func serving(
        _ dataset: TestDataset, clock: Clock = .system, notifier: ServiceNotifier? = nil,
        _ change: (inout AlmanacService.Settings) -> Void = { _ in },
        _ body: (TestServer) async throws -> Void
    ) async throws {
        var settings = AlmanacService.Settings(host: "127.0.0.1", port: 0)
        // Beside a thousand other tests a client may wait long for its turn.
        (settings.handshakeTimeout, settings.helloTimeout) = (.seconds(120), .seconds(120))
        settings.drainTimeout = .seconds(3)
        change(&settings)
        let log = TestLog()
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let service = AlmanacService(
            directory: dataset.directory, settings: settings, clock: clock, logger: log.logger, notifier: notifier
        ) {
            found.yield($0?.port ?? 0)
        }
        let lifecycle = ServiceGroup(
            configuration: .init(
                services: [.init(service: service)], logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }))
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { found.finish() }
                try await lifecycle.run()
            }
            var iterator = ports.makeAsyncIterator()
            if let port = await iterator.next() {
                let server = TestServer(
                    dataset: dataset, port: port, log: log, service: service, lifecycle: lifecycle, group: group)
                let result = await Result { try await body(server) }
                await lifecycle.triggerGracefulShutdown()
                try await tasks.waitForAll()
                try result.get()
            } else {
                try await tasks.waitForAll()
            }
        }
        try await group.shutdownGracefully()
    }

    func stop() async { await lifecycle.triggerGracefulShutdown() }

    /// What the server says of itself. Asking blocks, which no thread of the tests' own should.
    func status() async throws -> ServerStatus {
        let directory = dataset.directory
        let answer = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try StatusRequest.ask(directory) }) }
        }
        guard case .running(let status) = answer else { throw Unexpected("it does not run") }
        return status
    }

    /// Returns when the server says so of itself.
    func wait(until isSo: (ServerStatus) -> Bool) async throws {
        while try await !isSo(status()) { try await Task.sleep(for: .milliseconds(20)) }
    }

    // MARK: Clients

    func pin() throws -> [UInt8] { try AuthorityKeys.load(dataset.directory).pin().bytes }

    /// A connection whose handshake is complete; nothing has been said.
    func connect(_ device: TestDevice? = nil) async throws -> TestClient {
        try await connect(TLSContext.client(pinnedRoot: pin(), identity: device?.identity))
    }

    /// Contexts remember sessions.
    func connect(_ context: TLSContext) async throws -> TestClient {
        try await TestClient.connect(port: port, context: context, group: group)
    }

    /// A connection on which both sides have said hello.
    func open(_ device: TestDevice? = nil) async throws -> TestClient {
        let client = try await connect(device)
        client.send(.clientHello(try ClientHello(software: "test/1")))
        guard case .serverHello = try await client.next().message else { throw Unexpected("no hello") }
        return client
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

/// What a test did not expect.
struct Unexpected: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The lines that a service has logged.
final class TestLog: Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { lines.withLock { $0.joined() } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in LineLogHandler { line in self.lines.withLock { $0.append(line) } } }
        logger.logLevel = .trace
        return logger
    }
}
